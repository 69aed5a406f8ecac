package dev.flotilla.orchestrator.act;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.PaceProperties;
import dev.flotilla.orchestrator.rollout.DecisionFence;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.platform.orders.OrderSigner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Signs orders, each at the moment it is sent: whoever was paused since the decision finds out here that it does not stand any more. */
@Component
class OrderSigning {
    private static final Logger log = LoggerFactory.getLogger(OrderSigning.class);
    private final DecisionFence fence;
    private final OrderSigner signer;
    private final PaceProperties pace;
    private final InstantSource time;

    OrderSigning(DecisionFence fence, OrderSigner signer, PaceProperties pace, InstantSource time) {
        this.fence = fence;
        this.signer = signer;
        this.pace = pace;
        this.time = time;
    }

    /**
     * The order, ready to be sent now; empty where it must not be: the rollout was halted, superseded or written to by someone else since, or the
     * rules were asked so long ago that the order would have lapsed.
     *
     * @param epoch under which the decision was written
     */
    Optional<SignedOrder> sign(Observation observed, OrderRecord order, long epoch) {
        Instant notAfter = observed.at().plus(pace.validity());
        boolean stands = time.instant().isBefore(notAfter) && stands(observed.rollout(), epoch);
        Instant now = time.instant();
        if (!stands || !now.isBefore(notAfter)) {
            return Optional.empty();
        }
        Rollout rollout = observed.rollout();
        return Optional.of(signer.sign(new Order(
                order.orderId(),
                order.machine(),
                rollout.service(),
                rollout.version(),
                rollout.payload(),
                epoch,
                rollout.revision(),
                now,
                notAfter,
                rollout.deployment(),
                rollout.environment() + '~' + rollout.machineFunction(),
                order.state() == OrderState.AHEAD)));
    }

    private boolean stands(Rollout rollout, long epoch) {
        try {
            return fence.stands(rollout.id(), epoch);
        } catch (RuntimeException e) {
            log.warn("{}: nothing is sent while its state can't be read: {}", rollout.id(), e.toString());
            return false;
        }
    }
}

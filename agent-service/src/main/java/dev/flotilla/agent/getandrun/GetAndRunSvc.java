package dev.flotilla.agent.getandrun;

import dev.flotilla.agent.svcmgr.OrderRefusedException;
import dev.flotilla.agent.svcmgr.SvcMgr;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.platform.orders.OrderVerifier;
import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Takes in orders: what is genuine, meant for this machine and still valid is on disk before it is answered. */
public final class GetAndRunSvc {
    private static final Logger log = LoggerFactory.getLogger(GetAndRunSvc.class);

    private final OrderVerifier verifier;
    private final SvcMgr services;

    public GetAndRunSvc(OrderVerifier verifier, SvcMgr services) {
        this.verifier = verifier;
        this.services = services;
    }

    /** @throws ProblemException with the status that {@link dev.flotilla.api.agent.AgentApi#runIt} promises */
    public OrderReceipt accept(String machine, SignedOrder signed) {
        Order order = verifier.verify(signed);
        OrderFields.check(order, machine);
        try {
            OrderReceipt receipt = services.order(order).get();
            log.info(
                    "order {} for {} {} on {}: {}",
                    order.id(),
                    order.service(),
                    order.version(),
                    machine,
                    receipt.phase());
            return receipt;
        } catch (ExecutionException e) {
            throw problem(order, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(
                    HttpStatus.SERVICE_UNAVAILABLE, "The agent stops; give the order again", List.of());
        }
    }

    private static ProblemException problem(Order order, Throwable cause) {
        if (cause instanceof OrderRefusedException refused) {
            String reason = String.valueOf(refused.getMessage());
            log.warn("order {} for {} on {} refused: {}", order.id(), order.service(), order.machine(), reason);
            return switch (refused.refusal()) {
                case EXPIRED -> ProblemException.gone(reason);
                case OLDER_EPOCH, OLDER_REVISION -> ProblemException.conflict(reason);
            };
        }
        log.error("order {} for {} on {} can't be written down", order.id(), order.service(), order.machine(), cause);
        return ProblemException.of(
                HttpStatus.INSUFFICIENT_STORAGE,
                "The order can't be written to this machine's disk, and so was not accepted",
                List.of());
    }
}

package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest order that a rollout gave a machine.
 *
 * @param attempt counts the orders given, fresh ones for bytes that came late included, from 1; never goes back
 * @param orderId see {@link OrderIds}
 * @param failures how many attempts failed since the machine last ran the version or the deployment was resumed
 * @param sends how often this order was sent
 * @param orderedAt when it was first given
 * @param deadline when it counts as failed if it has not come to an end
 * @param nextAt when to send it again ({@link OrderState#PENDING}), or to make the next attempt ({@link OrderState#FAILED})
 * @param mending true where the machine is brought back to what it, or its group, ran already: no matter of fault domains
 * @param outOfTurn true where its fault domain's turn had not come: machines that are down may go ahead of it
 * @param repair the repair that device-manager granted for the machine, until it is closed; null while this rollout holds none
 * @param problem the last that went wrong; null where nothing did
 */
public record OrderRecord(
        String machine,
        int attempt,
        String orderId,
        OrderState state,
        int failures,
        int sends,
        Instant orderedAt,
        Instant deadline,
        Instant nextAt,
        boolean mending,
        boolean outOfTurn,
        @Nullable String repair,
        @Nullable String problem) {

    /** True while it has time left, or was sent so late that the agent may take it, or has just taken it, all the same. */
    boolean mayEndWell(Instant now, Duration inTransit) {
        return !now.isAfter(deadline) || !now.isAfter(nextAt.plus(inTransit));
    }

    /** When it was found to have failed, at this pace; null where it did not fail, or its failures were forgotten by a command. */
    public @Nullable Instant failedAt(Pace pace) {
        if (state != OrderState.FAILED || failures == 0) {
            return null;
        }
        Instant failed = nextAt.minus(Backoff.after(failures, pace.retryFirst(), pace.retryMost(), orderId));
        return failed.isBefore(orderedAt) ? null : failed;
    }

    /** The same order, further on. */
    public OrderRecord with(OrderState state, int failures, Instant nextAt, @Nullable String problem) {
        return new OrderRecord(
                machine, attempt, orderId, state, failures, sends, orderedAt, deadline, nextAt, mending, outOfTurn,
                repair, problem);
    }

    /** The same order, its repair closed. */
    public OrderRecord withoutRepair() {
        return new OrderRecord(
                machine, attempt, orderId, state, failures, sends, orderedAt, deadline, nextAt, mending, outOfTurn,
                null, problem);
    }
}

package dev.flotilla.agent.decision;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import java.time.Instant;
import java.util.Optional;

/** Whether a genuine order may be carried out now. */
public sealed interface Admission {
    record Admitted() implements Admission {}

    /** It was accepted before. */
    record Repeated(OrderReceipt receipt) implements Admission {}

    record Refused(Refusal refusal, String reason) implements Admission {}

    /** Why an order is refused. */
    enum Refusal {
        EXPIRED,
        OLDER_EPOCH,
        OLDER_REVISION
    }

    /**
     * Judges an order: what counts for its age is the revision, and among orders of one revision, and after a move to another group, the epoch, see
     * {@link Order}.
     */
    static Admission judge(Order order, ServiceRecord record, Instant now) {
        Optional<OrderReceipt> receipt = record.receipt(order.id());
        if (receipt.isPresent()) {
            return new Repeated(receipt.get());
        }
        if (!now.isBefore(order.notAfter())) {
            return new Refused(
                    Refusal.EXPIRED,
                    "The order expired at " + order.notAfter() + "; it is " + now + " here: give a new one");
        }
        Order latest = record.order();
        if (latest == null) {
            return new Admitted();
        }
        boolean moved = order.group() != null
                && latest.group() != null
                && !order.group().equals(latest.group());
        if (!moved && order.revision() < latest.revision()) {
            return new Refused(
                    Refusal.OLDER_REVISION,
                    "The order's revision is " + order.revision() + ", and machine " + order.machine()
                            + " has an order of revision " + latest.revision() + " for " + order.service());
        }
        boolean alike = moved || order.revision() == latest.revision();
        if (alike && order.epoch() < latest.epoch()) {
            return new Refused(
                    Refusal.OLDER_EPOCH,
                    "The order's epoch is " + order.epoch() + ", and machine " + order.machine()
                            + " has an order of epoch " + latest.epoch() + " for " + order.service()
                            + ": another orchestrator has the lease now");
        }
        return new Admitted();
    }
}

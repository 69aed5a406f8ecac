package dev.flotilla.agent.decision;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.registry.OrderPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a machine must remember of a service, whatever happens to the agent.
 *
 * @param current the release that must run, for ever; null until an order has succeeded
 * @param previous the release before, kept on disk for an instant return
 * @param order the latest order that was accepted
 * @param phase how far that is
 * @param reason why it failed
 * @param past orders before it, newest first, so that a repetition gets the same answer
 */
public record ServiceRecord(
        @Nullable Release current,
        @Nullable Release previous,
        @Nullable Order order,
        @Nullable OrderPhase phase,
        @Nullable String reason,
        List<OrderReceipt> past) {
    /** For a service that the machine has never heard of. */
    public static final ServiceRecord EMPTY = new ServiceRecord(null, null, null, null, null, List.of());

    private static final int PAST_KEPT = 16;

    public ServiceRecord {
        past = past == null ? List.of() : List.copyOf(past);
    }

    /** The answer to an order that was accepted before. */
    public Optional<OrderReceipt> receipt(String orderId) {
        if (order != null && phase != null && order.id().equals(orderId)) {
            return Optional.of(new OrderReceipt(orderId, phase));
        }
        return past.stream()
                .filter(receipt -> receipt.orderId().equals(orderId))
                .findFirst();
    }

    /** True while the latest order is neither done nor failed. */
    public boolean underWay() {
        return phase != null
                && switch (phase) {
                    case ACCEPTED, FETCHING, FETCHED, SWITCHING -> true;
                    case DONE, FAILED -> false;
                };
    }

    /** The release that the order under way asks for. */
    public @Nullable Release ordered() {
        return underWay() && order != null ? Release.of(order) : null;
    }

    /** The versions whose files must stay. */
    public Set<Release> needed() {
        Set<Release> needed = new HashSet<>();
        for (Release release : new Release[] {current, previous, ordered()}) {
            if (release != null) {
                needed.add(release);
            }
        }
        return needed;
    }

    /** With a new order, which supersedes the one before. */
    public ServiceRecord accept(Order next) {
        List<OrderReceipt> receipts = new ArrayList<>();
        if (order != null && phase != null) {
            boolean brokenOff = underWay() && phase != OrderPhase.FETCHED;
            receipts.add(new OrderReceipt(order.id(), brokenOff ? OrderPhase.FAILED : phase));
        }
        receipts.addAll(past);
        return new ServiceRecord(
                current,
                previous,
                next,
                OrderPhase.ACCEPTED,
                null,
                receipts.subList(0, Math.min(receipts.size(), PAST_KEPT)));
    }

    /** With the order a step further. */
    public ServiceRecord at(OrderPhase next) {
        Release ordered = ordered();
        if (ordered == null || phase == null || !mayFollow(phase, next)) {
            throw new IllegalStateException("an order that is " + phase + " can't become " + next);
        }
        if (next == OrderPhase.DONE && !ordered.equals(current)) {
            return new ServiceRecord(ordered, current, order, next, null, past);
        }
        return new ServiceRecord(current, previous, order, next, null, past);
    }

    /** As an agent that begins anew takes it up: a switch that no process came of yet is decided on again. */
    public ServiceRecord takenUpAgain(@Nullable Release running) {
        return phase == OrderPhase.SWITCHING && !Objects.equals(running, ordered())
                ? new ServiceRecord(current, previous, order, OrderPhase.ACCEPTED, null, past)
                : this;
    }

    /** True while the order lets the switch begin. What should run already needs no leave. */
    boolean permitsSwitch(Instant now) {
        Release ordered = ordered();
        return order != null && ordered != null && (order.permitsSwitch(now) || ordered.equals(current));
    }

    /** With the order given up. */
    public ServiceRecord failed(String why) {
        ServiceRecord failed = at(OrderPhase.FAILED);
        return new ServiceRecord(failed.current, failed.previous, failed.order, failed.phase, why, failed.past);
    }

    private static boolean mayFollow(OrderPhase phase, OrderPhase next) {
        return switch (phase) {
            case ACCEPTED -> next == OrderPhase.FETCHING || next == OrderPhase.DONE || next == OrderPhase.FAILED;
            case FETCHING -> next == OrderPhase.SWITCHING || next == OrderPhase.FETCHED || next == OrderPhase.FAILED;
            case FETCHED -> false;
            case SWITCHING -> next == OrderPhase.DONE || next == OrderPhase.FAILED;
            case DONE, FAILED -> false;
        };
    }
}

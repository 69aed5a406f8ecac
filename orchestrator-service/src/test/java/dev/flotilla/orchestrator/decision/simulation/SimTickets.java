package dev.flotilla.orchestrator.decision.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waits for work where: device-manager's {@code claim_ticket}, {@code rival} and {@code write_tickets}. */
final class SimTickets {
    record Place(String group, String faultDomain) {
        /** Where forced work waits: for the limit, in whatever fault domain. */
        static Place anywhere(String group) {
            return new Place(group, "");
        }
    }

    private static final class Ticket {
        final Place place;
        final String holder;
        final long number;
        Instant askedAt;
        boolean forLimit;

        Ticket(Place place, String holder, long number, Instant now, boolean forLimit) {
            this.place = place;
            this.holder = holder;
            this.number = number;
            this.askedAt = now;
            this.forLimit = forLimit;
        }
    }

    /** In the order of their numbers. */
    private final List<Ticket> tickets = new ArrayList<>();

    private long numbers;

    void forget(Instant until) {
        if (!tickets.isEmpty()) {
            tickets.removeIf(ticket -> !ticket.askedAt.isAfter(until));
        }
    }

    /**
     * True where somebody has waited longer than the holder and would wait longer still if that one was granted work there.
     *
     * @param domain empty for forced work
     */
    boolean rival(String group, String domain, String holder) {
        Ticket own = find(new Place(group, domain), holder);
        int place = 0;
        for (Ticket ticket : tickets) {
            if (!ticket.place.group().equals(group)
                    || ticket.holder.equals(holder)
                    || own != null && ticket.number >= own.number) {
                continue;
            }
            if (domain.isEmpty() || ticket.place.faultDomain().isEmpty()) {
                if (ticket.forLimit) {
                    return true;
                }
                continue;
            }
            place++;
            boolean same = ticket.place.faultDomain().equals(domain);
            if (place == 1 && !same || same && ticket.forLimit) {
                return true;
            }
        }
        return false;
    }

    void write(String holder, Collection<Place> asked, Map<Place, Boolean> waiting, Instant now) {
        tickets.removeIf(ticket ->
                ticket.holder.equals(holder) && asked.contains(ticket.place) && !waiting.containsKey(ticket.place));
        waiting.forEach((place, forLimit) -> {
            Ticket ticket = find(place, holder);
            if (ticket == null) {
                tickets.add(new Ticket(place, holder, ++numbers, now, forLimit));
            } else {
                ticket.askedAt = now;
                ticket.forLimit = forLimit;
            }
        });
    }

    private @Nullable Ticket find(Place place, String holder) {
        for (Ticket ticket : tickets) {
            if (ticket.holder.equals(holder) && ticket.place.equals(place)) {
                return ticket;
            }
        }
        return null;
    }
}

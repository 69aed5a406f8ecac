package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceEvent;
import dev.flotilla.orchestrator.rollout.History;
import dev.flotilla.platform.paging.Cursors;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was decided about deployments, here and by tenants: those decisions the policy engine keeps. */
@Component
class Histories {
    private final History history;
    private final MaintenanceApi maintenance;
    private final InstantSource time;

    Histories(History history, MaintenanceApi maintenance, InstantSource time) {
        this.history = history;
        this.maintenance = maintenance;
        this.time = time;
    }

    /** Up to where each of the two was read. */
    private record Place(long number, long sequence) {
        static Place of(@Nullable String cursor) {
            if (cursor == null) {
                return new Place(0, 0);
            }
            List<Long> numbers = Cursors.decodeNumbers(cursor, 2);
            return new Place(numbers.getFirst(), numbers.getLast());
        }

        String cursor() {
            return Cursors.encode(Long.toString(number), Long.toString(sequence));
        }
    }

    /** The oldest first. Where the policy engine gives no answer, the last entry says so. */
    Page<HistoryEntry> page(String deployment, int limit, @Nullable String cursor) {
        Place from = Place.of(cursor);
        List<HistoryEntry> own = history.of(deployment, from.number(), limit + 1);
        List<MaintenanceEvent> said;
        try {
            said = maintenance.words(deployment, from.sequence(), limit + 1);
        } catch (RuntimeException e) {
            said = List.of();
            if (own.size() <= limit) {
                return new Page<>(
                        Stream.concat(own.stream(), Stream.of(unknown(e))).toList(), null);
            }
        }
        return merged(from, own, said, limit);
    }

    private static Page<HistoryEntry> merged(
            Place from, List<HistoryEntry> own, List<MaintenanceEvent> said, int limit) {
        List<HistoryEntry> page = new ArrayList<>();
        Place to = from;
        int ours = 0;
        int theirs = 0;
        while (page.size() < limit && (ours < own.size() || theirs < said.size())) {
            if (theirs == said.size()
                    || (ours < own.size()
                            && !own.get(ours).at().isAfter(said.get(theirs).at()))) {
                HistoryEntry entry = own.get(ours++);
                page.add(entry);
                to = new Place(Objects.requireNonNull(entry.number()), to.sequence());
            } else {
                MaintenanceEvent event = said.get(theirs++);
                page.add(entry(event));
                to = new Place(to.number(), event.sequence());
            }
        }
        return new Page<>(page, ours + theirs < own.size() + said.size() ? to.cursor() : null);
    }

    private static HistoryEntry entry(MaintenanceEvent event) {
        String what = String.valueOf(event.answer()).toLowerCase(Locale.ROOT);
        return new HistoryEntry(null, event.at(), event.job(), event.by(), event.tenant(), what, event.what());
    }

    private HistoryEntry unknown(RuntimeException e) {
        return new HistoryEntry(
                null,
                time.instant(),
                null,
                History.ITSELF,
                "unknown",
                "what tenants said is missing here: the policy engine gave no answer: " + e.getMessage());
    }
}

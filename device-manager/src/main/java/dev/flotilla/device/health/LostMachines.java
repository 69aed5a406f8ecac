package dev.flotilla.device.health;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which machines the registry has lost, and up to where in its feed that is known. All instances read the feed; each page is taken by the one
 * that first moves the common cursor past it, so that an instance that lags behind can't undo what is known already.
 */
@Component
class LostMachines {
    private record Sighting(boolean lost, Instant at) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    LostMachines(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Where to read on; null where all machines are to be read first. */
    @Nullable
    String cursor() {
        return jdbc.sql("select cursor from registry_feed")
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Takes the changes from one cursor up to the next, unless somebody did; answers how many machines changed. */
    int take(String from, List<Change> changes, @Nullable String next) {
        Map<String, Sighting> last = new LinkedHashMap<>();
        for (Change change : changes) {
            switch (change.kind()) {
                case LOST -> last.put(change.machine(), new Sighting(true, change.at()));
                case BACK -> last.put(change.machine(), new Sighting(false, change.at()));
                case SERVICE -> {
                    // Says nothing of the machine.
                }
            }
        }
        Integer changed = transaction.execute(status -> move(from, next) && !last.isEmpty() ? learn(last) : 0);
        return changed == null ? 0 : changed;
    }

    /** Takes a page of all machines, as long as nobody follows the feed yet; false where somebody does. */
    boolean takeAll(List<MachineStatus> machines) {
        Map<String, Sighting> all = new LinkedHashMap<>();
        machines.forEach(status -> all.put(status.machine(), new Sighting(status.lost(), status.lastSeen())));
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean mine = !jdbc.sql("select 1 from registry_feed where cursor is null for share")
                    .query(Integer.class)
                    .list()
                    .isEmpty();
            if (mine && !all.isEmpty()) {
                learn(all);
            }
            return mine;
        }));
    }

    /** Moves the common cursor; false where it was not, or no longer, at {@code from}. */
    boolean move(@Nullable String from, @Nullable String next) {
        if (from != null && from.equals(next)) {
            return false;
        }
        return jdbc.sql("update registry_feed set cursor = :next where cursor is not distinct from :from::text")
                        .param("next", next)
                        .param("from", from)
                        .update()
                > 0;
    }

    private int learn(Map<String, Sighting> sightings) {
        List<String> machines = new ArrayList<>(sightings.keySet());
        return jdbc.sql("select learn_lost(:machines, :lost, cast(:at as timestamptz[]))")
                .param("machines", machines.toArray(String[]::new))
                .param("lost", sightings.values().stream().map(Sighting::lost).toArray(Boolean[]::new))
                .param(
                        "at",
                        sightings.values().stream()
                                .map(sighting -> sighting.at().toString())
                                .toArray(String[]::new))
                .query(Integer.class)
                .single();
    }
}

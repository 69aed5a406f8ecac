package dev.flotilla.device.health;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which machines the registry has lost and on which of them services crashed, and up to where in its feed that is known. All instances read the
 * feed; each page is taken by the one that first moves the common cursor past it, so that an instance that lags behind can't undo what is known
 * already.
 */
@Component
class BrokenMachines {
    private record Sighting(boolean lost, Instant at) {}

    private record Place(String machine, String service) {}

    /** What was said last of machines and of services on them. */
    private record News(Map<String, Sighting> machines, Map<Place, RunningService> services) {
        News() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(RunningService running) {
            // What starts for the first time says nothing yet.
            if (running.state() != RunState.STARTING || running.restarts() > 0) {
                services.put(new Place(running.machine(), running.service()), running);
            }
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    BrokenMachines(JdbcClient jdbc, TransactionTemplate transaction) {
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
        News news = new News();
        for (Change change : changes) {
            switch (change.kind()) {
                case LOST -> news.machines().put(change.machine(), new Sighting(true, change.at()));
                case BACK -> news.machines().put(change.machine(), new Sighting(false, change.at()));
                case SERVICE -> {
                    if (change.running() != null) {
                        news.add(change.running());
                    }
                }
            }
        }
        Integer changed = transaction.execute(status -> move(from, next) ? learn(news) : 0);
        return changed == null ? 0 : changed;
    }

    /** Takes a page of all machines, as long as nobody follows the feed yet; false where somebody does. */
    boolean takeAll(List<MachineStatus> machines) {
        News news = new News();
        for (MachineStatus status : machines) {
            news.machines().put(status.machine(), new Sighting(status.lost(), status.lastSeen()));
            status.services().forEach(news::add);
        }
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean mine = !jdbc.sql("select 1 from registry_feed where cursor is null for share")
                    .query(Integer.class)
                    .list()
                    .isEmpty();
            if (mine) {
                learn(news);
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

    private int learn(News news) {
        return learnLost(news.machines())
                + learnCrashes(List.copyOf(news.services().values()));
    }

    private int learnLost(Map<String, Sighting> sightings) {
        if (sightings.isEmpty()) {
            return 0;
        }
        List<Sighting> seen = List.copyOf(sightings.values());
        return jdbc.sql("select learn_lost(:machines, :lost, cast(:at as timestamptz[]))")
                .param("machines", sightings.keySet().toArray(String[]::new))
                .param("lost", seen.stream().map(Sighting::lost).toArray(Boolean[]::new))
                .param(
                        "at",
                        seen.stream().map(Sighting::at).map(Instant::toString).toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    private int learnCrashes(List<RunningService> services) {
        if (services.isEmpty()) {
            return 0;
        }
        return jdbc.sql("select learn_crashes(:machines, :services, :versions, cast(:since as timestamptz[]))")
                .param(
                        "machines",
                        services.stream().map(RunningService::machine).toArray(String[]::new))
                .param(
                        "services",
                        services.stream().map(RunningService::service).toArray(String[]::new))
                .param(
                        "versions",
                        services.stream().map(BrokenMachines::version).toArray(String[]::new))
                .param("since", services.stream().map(BrokenMachines::downSince).toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    private static String version(RunningService running) {
        return Objects.requireNonNullElse(running.version(), "");
    }

    /** Null where it is up, or is not to be: one that starts again after a crash is not up yet. */
    private static @Nullable String downSince(RunningService running) {
        return switch (running.state()) {
            case CRASHED, STARTING ->
                Objects.requireNonNullElse(running.since(), running.changedAt()).toString();
            case RUNNING, STOPPED -> null;
        };
    }
}

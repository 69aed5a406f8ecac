package dev.flotilla.device.health;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunningService;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private record ServiceOn(String machine, String service) {}

    private record Crash(String version, Instant since) {}

    /** What was said last of machines and of services on them; no crash of one that is up, or is not to be. */
    private record News(Map<String, Sighting> machines, Map<ServiceOn, Optional<Crash>> services) {
        News() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void add(RunningService running) {
            switch (running.state()) {
                case CRASHED -> put(running, crash(running));
                case STARTING -> {
                    // One that starts again after a crash is not up yet; one that starts for the first time says
                    // nothing.
                    if (running.restarts() > 0) {
                        put(running, crash(running));
                    }
                }
                case RUNNING, STOPPED -> put(running, Optional.empty());
            }
        }

        private void put(RunningService running, Optional<Crash> crash) {
            services.put(new ServiceOn(running.machine(), running.service()), crash);
        }

        private static Optional<Crash> crash(RunningService running) {
            return Optional.of(new Crash(
                    Objects.requireNonNullElse(running.version(), ""),
                    Objects.requireNonNullElse(running.since(), running.changedAt())));
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
        return jdbc.sql("select cursor from followed_feed")
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** True where the reader may read all machines: nobody else does, or has stopped in the middle. */
    boolean mayReadAll(String reader) {
        return jdbc.sql("""
                                update followed_feed set reader = :reader, read_at = clock()
                                where cursor is null
                                  and (reader is null or reader = :reader or read_at < clock() - interval '1 minute')
                                """).param("reader", reader).update() > 0;
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

    /** Takes a page of all machines; false where they are another's to read by now. Of services that a machine does not name nothing is left. */
    boolean takeAll(String reader, List<MachineStatus> machines) {
        News news = new News();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean mine = mayReadAll(reader);
            if (mine) {
                crashed(machines).forEach(service -> news.services().put(service, Optional.empty()));
                for (MachineStatus machine : machines) {
                    news.machines().put(machine.machine(), new Sighting(machine.lost(), machine.lastSeen()));
                    machine.services().forEach(news::add);
                }
                learn(news);
            }
            return mine;
        }));
    }

    private List<ServiceOn> crashed(List<MachineStatus> machines) {
        return jdbc.sql("""
                        select machine, service
                        from (select machine, crashed from machine_state union all select machine, crashed from trouble) known,
                             jsonb_object_keys(crashed) as service
                        where machine = any(:machines) and crashed is not null
                        """)
                .param("machines", machines.stream().map(MachineStatus::machine).toArray(String[]::new))
                .query((row, number) -> new ServiceOn(row.getString("machine"), row.getString("service")))
                .list();
    }

    /** All machines were read: goes on from there. False where they were another's to read by then. */
    boolean goOn(String reader, String next) {
        return jdbc.sql(
                                "update followed_feed set cursor = :next, reader = null where cursor is null and reader = :reader")
                        .param("next", next)
                        .param("reader", reader)
                        .update()
                > 0;
    }

    /** The feed no longer reaches back to where we were: all machines are to be read anew. */
    void forget(String cursor) {
        jdbc.sql("update followed_feed set cursor = null, reader = null where cursor = :cursor")
                .param("cursor", cursor)
                .update();
    }

    private boolean move(String from, @Nullable String next) {
        return !from.equals(next)
                && jdbc.sql("update followed_feed set cursor = :next where cursor = :from")
                                .param("next", next)
                                .param("from", from)
                                .update()
                        > 0;
    }

    private int learn(News news) {
        if (news.machines().isEmpty() && news.services().isEmpty()) {
            return 0;
        }
        List<Sighting> seen = List.copyOf(news.machines().values());
        List<ServiceOn> told = List.copyOf(news.services().keySet());
        List<Optional<Crash>> crashes = List.copyOf(news.services().values());
        return jdbc.sql("""
                        select learn(:machines, :lost, cast(:at as timestamptz[]), :hosts, :services, :versions, cast(:since as timestamptz[]))
                        """)
                .param("machines", news.machines().keySet().toArray(String[]::new))
                .param("lost", seen.stream().map(Sighting::lost).toArray(Boolean[]::new))
                .param(
                        "at",
                        seen.stream().map(Sighting::at).map(Instant::toString).toArray(String[]::new))
                .param("hosts", told.stream().map(ServiceOn::machine).toArray(String[]::new))
                .param("services", told.stream().map(ServiceOn::service).toArray(String[]::new))
                .param(
                        "versions",
                        crashes.stream()
                                .map(crash -> crash.map(Crash::version).orElse(null))
                                .toArray(String[]::new))
                .param(
                        "since",
                        crashes.stream()
                                .map(crash -> crash.map(Crash::since)
                                        .map(Instant::toString)
                                        .orElse(null))
                                .toArray(String[]::new))
                .query(Integer.class)
                .single();
    }
}

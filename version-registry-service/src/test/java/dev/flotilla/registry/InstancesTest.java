package dev.flotilla.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.platform.testing.TestDatabase;
import dev.flotilla.registry.heartbeat.LastSeenWriter;
import dev.flotilla.registry.heartbeat.LostSweep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several instances of the registry, beside and after each other, on one database. */
class InstancesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock();
    private final List<RunningRegistry> running = new ArrayList<>();
    private RunningRegistry first;
    private RegistryApi agent;

    @BeforeEach
    void startOne() {
        first = start();
        agent = first.agent("*");
    }

    @AfterEach
    void stopAll() {
        running.forEach(RunningRegistry::close);
    }

    @Test
    void aRestartKeepsEverything() {
        agent.report(new ReportBatch(List.of(
                new MachineReport("m1", Map.of("shop", RunningReport.running("1"), "mail", RunningReport.running("2"))),
                new MachineReport("m2", Map.of("shop", crashed("1", clock.instant()))))));
        agent.report(new ReportBatch(List.of(new MachineReport("m1", Map.of("shop", RunningReport.running("1"))))));
        clock.advance(Duration.ofSeconds(30));
        agent.reportRunningVersion("m2", "shop", crashed("1", clock.instant().minusSeconds(30)));
        String cursor = requireNonNull(agent.changes(null, 2, Duration.ZERO).nextCursor());
        List<Object> before = everything(agent, cursor);

        first.close();
        running.clear();
        RegistryApi again = start().agent("*");

        assertThat(everything(again, cursor)).isEqualTo(before);
    }

    @Test
    void twoInstancesConverge() {
        RegistryApi other = start().agent("*");

        agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
        other.reportRunningVersion("m1", "shop", RunningReport.running("2"));
        other.reportRunningVersion("m2", "shop", RunningReport.running("2"));

        await().untilAsserted(
                        () -> assertThat(states(agent)).isEqualTo(states(other)).hasSize(2));
        assertThat(feed(agent)).isEqualTo(feed(other)).hasSize(5);
        assertThat(agent.machinesWith("shop", "2", 10, null).items()).hasSize(2);
    }

    @Test
    void theFeedNeverSkipsWhileManyWriteToTwoInstances() throws Exception {
        RegistryApi other = start().agent("*");
        int writers = 8;
        int reports = 40;
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Change>> reader = threads.submit(() -> followUntil(done, other));
            List<Callable<Void>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String machine = "m" + w;
                RegistryApi here = w % 2 == 0 ? agent : other;
                work.add(() -> {
                    for (int i = 0; i < reports; i++) {
                        here.reportRunningVersion(machine, "shop", RunningReport.running("v" + i));
                    }
                    return null;
                });
            }
            for (Future<Void> writer : threads.invokeAll(work)) {
                writer.get();
            }
            done.set(true);

            List<Change> seen = reader.get();

            int all = writers * (reports + 1);
            assertThat(seen).extracting(Change::seq).containsExactlyElementsOf(upTo(all));
            assertThat(lastVersions(seen))
                    .hasSize(writers)
                    .containsValue("v" + (reports - 1))
                    .doesNotContainValue("v0");
            assertThat(perMachineInOrder(seen)).isTrue();
        }
    }

    @Test
    void aSilentMachineIsLostOnceAndBackWithItsNextReport() {
        LostSweep sweep = first.bean(LostSweep.class);
        LostSweep otherSweep = start().bean(LostSweep.class);
        agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
        agent.reportRunningVersion("m2", "shop", RunningReport.running("1"));
        String now = agent.changes("now", 10, Duration.ZERO).nextCursor();

        for (int minute = 0; minute < 4; minute++) {
            clock.advance(MINUTE);
            agent.reportRunningVersion("m2", "shop", RunningReport.running("1"));
            first.bean(LastSeenWriter.class).write();
            sweep.sweep();
            otherSweep.sweep();
        }

        assertThat(agent.machine("m1").lost()).isTrue();
        assertThat(agent.machine("m2").lost()).isFalse();
        assertThat(agent.versions("shop").getFirst().lost()).isEqualTo(1);

        agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));

        assertThat(agent.machine("m1").lost()).isFalse();
        assertThat(agent.versions("shop").getFirst().lost()).isZero();
        assertThat(agent.changes(now, 10, Duration.ZERO).items())
                .extracting(change -> change.machine() + " " + change.kind())
                .containsExactly("m1 LOST", "m1 BACK");
    }

    @Test
    void aRegistryThatWasAwayListensBeforeItCallsAMachineLost() {
        agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
        first.close();
        running.clear();
        clock.advance(Duration.ofHours(2));
        RunningRegistry again = start();
        LostSweep sweep = again.bean(LostSweep.class);
        RegistryApi viewer = again.agent();

        sweep.sweep();
        clock.advance(MINUTE);
        sweep.sweep();
        assertThat(viewer.machine("m1").lost()).isFalse();

        clock.advance(Duration.ofMinutes(100)); // asleep
        sweep.sweep();
        assertThat(viewer.machine("m1").lost()).isFalse();

        for (int minute = 0; minute < 4; minute++) {
            clock.advance(MINUTE);
            sweep.sweep();
        }
        assertThat(viewer.machine("m1").lost()).isTrue();
    }

    @Test
    void anUnchangedReportWritesNothingButTheLastSeenTime() {
        JdbcClient sql = first.bean(JdbcClient.class);
        agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
        Instant reported = agent.machine("m1").lastSeen();
        clock.advance(Duration.ofSeconds(10));

        agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));

        assertThat(agent.machine("m1").lastSeen()).isEqualTo(reported.plusSeconds(10));
        assertThat(sql.sql("select xmin::text from running").query(String.class).list())
                .hasSize(1);
        assertThat(sql.sql("select count(*) from change").query(Long.class).single())
                .isEqualTo(2);
        assertThat(lastSeenInDatabase(sql)).isBefore(reported.plusSeconds(5));

        first.close();
        running.clear();

        assertThat(start().agent().machine("m1").lastSeen()).isEqualTo(reported.plusSeconds(10));
    }

    private RunningRegistry start() {
        RunningRegistry started = RunningRegistry.start(database, clock);
        running.add(started);
        return started;
    }

    private static Instant lastSeenInDatabase(JdbcClient sql) {
        return sql.sql("select last_seen from machine")
                .query((row, _) -> row.getObject(1, java.time.OffsetDateTime.class))
                .single()
                .toInstant();
    }

    private static RunningReport crashed(String version, Instant since) {
        return new RunningReport(version, RunState.CRASHED, "0f".repeat(32), 2, since, null);
    }

    private static List<Object> everything(RegistryApi registry, String cursor) {
        return List.of(
                registry.machines(10, null),
                registry.versions("shop"),
                registry.versions("mail"),
                registry.machinesWith("shop", "1", 10, null),
                registry.changes(null, 100, Duration.ZERO),
                registry.changes(cursor, 100, Duration.ZERO));
    }

    private static List<List<RunningService>> states(RegistryApi registry) {
        return registry.machines(10, null).items().stream()
                .map(MachineStatus::services)
                .toList();
    }

    private static List<Change> feed(RegistryApi registry) {
        return registry.changes(null, 1000, Duration.ZERO).items();
    }

    private static List<Change> followUntil(AtomicBoolean done, RegistryApi registry) {
        List<Change> seen = new ArrayList<>();
        String cursor = null;
        boolean last = false;
        while (true) {
            Page<Change> page = registry.changes(cursor, 7, Duration.ofMillis(last ? 1000 : 50));
            seen.addAll(page.items());
            cursor = page.nextCursor();
            if (last && page.items().isEmpty()) {
                return seen;
            }
            last = done.get();
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Map<String, String> lastVersions(List<Change> changes) {
        Map<String, String> versions = new HashMap<>();
        for (Change change : changes) {
            if (change.running() != null) {
                versions.put(change.machine(), change.running().version());
            }
        }
        return versions;
    }

    private static boolean perMachineInOrder(List<Change> changes) {
        Map<String, String> versions = new HashMap<>();
        for (Change change : changes) {
            if (change.running() != null) {
                String before = versions.put(change.machine(), change.running().version());
                if (!Objects.equals(before, change.previousVersion())) {
                    return false;
                }
            }
        }
        return true;
    }
}

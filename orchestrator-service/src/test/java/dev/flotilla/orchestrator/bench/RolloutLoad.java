package dev.flotilla.orchestrator.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.Targets;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.platform.orders.OrderKeys;
import dev.flotilla.platform.orders.OrderVerifier;
import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * One orchestrator with many rollouts of a thousand machines: how long it takes to look at all of them when nothing changed, how many machines it
 * updates in a second, and its memory. {@code -Drollouts=3000 -Dseconds=60 -Djvm=-Xmx6g}.
 */
final class RolloutLoad {
    private static final int ROUNDS = 5;
    private final SimulatedServices services;
    private final BenchedOrchestrator orchestrator;
    private final JdbcClient jdbc;
    private final int rollouts;

    private RolloutLoad(SimulatedServices services, BenchedOrchestrator orchestrator, JdbcClient jdbc, int rollouts) {
        this.services = services;
        this.orchestrator = orchestrator;
        this.jdbc = jdbc;
        this.rollouts = rollouts;
    }

    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        int rollouts = Integer.getInteger("rollouts", 3_000);
        Path data = Files.createTempDirectory("flotilla-rollouts");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
            LocalIssuer issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
            OrderVerifier verifier = new OrderVerifier(
                    OrderKeys.openOrCreate(data.resolve("keys")).getPublic(),
                    JsonMapper.builder().build());
            Files.writeString(
                    data.resolve("own.token"),
                    issuer.issue("bench", Set.of(Role.SERVICE), List.of("*"), List.of(), Duration.ofDays(1)));
            Files.writeString(
                    data.resolve("to-agents.token"),
                    issuer.issueFor(
                            Audience.AGENTS, "bench", Set.of(Role.SERVICE), List.of(), List.of(), Duration.ofDays(1)));
            Path log = Path.of(System.getProperty("log", data.resolve("log").toString()));
            try (SimulatedServices services = new SimulatedServices(rollouts * SimulatedFleet.GROUP, verifier)) {
                List<String> arguments = List.of(
                        "--server.port=0",
                        "--flotilla.data=" + data,
                        "--flotilla.security.token-file=" + data.resolve("own.token"),
                        "--flotilla.security.agent-token-file=" + data.resolve("to-agents.token"),
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=postgres",
                        "--flotilla.services.target-service=" + services.target(),
                        "--flotilla.services.version-registry-service=" + services.registry(),
                        "--flotilla.services.device-manager=" + services.devices(),
                        "--flotilla.services.policy-engine=" + services.policies());
                List<String> jvm = List.of(System.getProperty("jvm", "-Xmx6g").split(" +"));
                SingleConnectionDataSource connection = new SingleConnectionDataSource(
                        url + "?currentSchema=orchestrator", "postgres", "postgres", true);
                try (BenchedOrchestrator orchestrator = new BenchedOrchestrator(jvm, arguments, log)) {
                    new RolloutLoad(services, orchestrator, JdbcClient.create(connection), rollouts).run();
                } finally {
                    connection.destroy();
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
    }

    private void run() throws IOException {
        long start = System.nanoTime();
        declare(1, Duration.ZERO);
        until("all rollouts are known to keep their goal", () -> rollouts("COMPLETE", 1) == rollouts);
        say(
                "started, read %,d machines, looked at each rollout once".formatted(rollouts * SimulatedFleet.GROUP),
                start);
        rounds("all done");
        memory("all done");

        services.fleet.freeze(true);
        start = System.nanoTime();
        declare(2, Duration.ZERO);
        int wave = rollouts * SimulatedFleet.GROUP / 20;
        until("the first wave is ordered", () -> services.fleet.orders.get() >= wave);
        say("first wave ordered, %,d machines: %,.0f orders/s".formatted(wave, wave / seconds(start)), start);
        until("the feed is read", () -> services.fleet.feed.behind() == 0);
        rounds("each with 50 machines at work, 950 waiting");
        memory("each with 50 machines at work");

        services.fleet.freeze(false);
        throughput(Duration.ofSeconds(Integer.getInteger("seconds", 60)));
        memory("rolling out");
    }

    private void declare(int version, Duration healthy) {
        services.declared.add(new Deployment(
                "d" + version,
                version,
                SimulatedFleet.SERVICE,
                version + ".0",
                new Payload(SimulatedFleet.sha256(version), 1000),
                new Targets(
                        List.of(),
                        IntStream.range(0, rollouts)
                                .mapToObj(group -> new MachineGroup(
                                        SimulatedFleet.environment(group), SimulatedFleet.function(group)))
                                .toList()),
                new RolloutOptions("5%", "5%", 3, "0", healthy, Duration.ofMinutes(10), Duration.ofHours(3), null),
                "bench",
                Instant.now(),
                null,
                null));
    }

    /** Has every rollout looked at now, and waits until each has been. */
    private void rounds(String what) {
        for (int round = 0; round < ROUNDS; round++) {
            pause();
            long asked = services.asked.get();
            long claimed = services.claimed.get();
            long topologies = services.topologies.get();
            Duration cpu = orchestrator.cpu();
            var before = jdbc.sql("select now()")
                    .query(java.time.OffsetDateTime.class)
                    .single();
            long start = System.nanoTime();
            jdbc.sql(
                            "update scheduled_tasks set execution_time = now(), version = version + 1 where not picked and task_instance like 'd%'")
                    .update();
            until(
                    "each rollout is looked at",
                    () -> jdbc.sql(
                                            "select count(*) from scheduled_tasks where last_success is null or last_success < :before")
                                    .param("before", before)
                                    .query(Long.class)
                                    .single()
                            == 0);
            say(
                    "a round, %s (processor %.1f s; asked of: policies %,d, repairs %,d machines, topology %,d groups)"
                            .formatted(
                                    what,
                                    orchestrator.cpu().minus(cpu).toMillis() / 1e3,
                                    services.asked.get() - asked,
                                    services.claimed.get() - claimed,
                                    services.topologies.get() - topologies),
                    start);
        }
    }

    private void throughput(Duration time) {
        pause();
        pause();
        int orders = services.fleet.orders.get();
        int done = services.fleet.done.get();
        long read = services.fleet.feed.read();
        Duration cpu = orchestrator.cpu();
        Duration simulated = cpu(Stream.of(ProcessHandle.current()));
        Duration database = database();
        long looks = looks();
        long start = System.nanoTime();
        until("time is over", () -> System.nanoTime() - start > time.toNanos());
        double seconds = seconds(start);
        int updated = services.fleet.done.get() - done;
        System.out.printf(
                Locale.ROOT,
                "in %.0f s: %,.0f machines updated/s, %,.0f orders/s, %,.0f changes read/s, %,d changes behind, %,.0f looks/s%n",
                seconds,
                updated / seconds,
                (services.fleet.orders.get() - orders) / seconds,
                (services.fleet.feed.read() - read) / seconds,
                services.fleet.feed.behind(),
                (looks() - looks) / seconds);
        System.out.printf(
                Locale.ROOT,
                "processor time for each update: orchestrator %.2f ms, database %.2f ms, all that is simulated %.2f ms%n",
                orchestrator.cpu().minus(cpu).toNanos() / 1e6 / updated,
                database().minus(database).toNanos() / 1e6 / updated,
                cpu(Stream.of(ProcessHandle.current())).minus(simulated).toNanos() / 1e6 / updated);
    }

    /** The processor time of the database's processes, as far as they still live. */
    private Duration database() {
        long backend = jdbc.sql("select pg_backend_pid()").query(Long.class).single();
        return cpu(ProcessHandle.of(backend).flatMap(ProcessHandle::parent).stream()
                .flatMap(ProcessHandle::children));
    }

    private static Duration cpu(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** How many looks there have been: a version is counted up at the beginning and at the end of each, and when it is brought forward. */
    private long looks() {
        return jdbc.sql("select sum(version) / 2 from scheduled_tasks")
                .query(Long.class)
                .single();
    }

    private long rollouts(String state, int revision) {
        try {
            return jdbc.sql("select count(*) from rollout where state = :state and revision = :revision")
                    .param("state", state)
                    .param("revision", revision)
                    .query(Long.class)
                    .single();
        } catch (org.springframework.dao.DataAccessException e) {
            return 0;
        }
    }

    private void memory(String what) throws IOException {
        long live = orchestrator.live();
        System.out.printf(
                Locale.ROOT,
                "memory, %s: %,d MiB on the heap, %,d MiB resident%n",
                what,
                live,
                orchestrator.resident());
    }

    private static void say(String what, long start) {
        System.out.printf(Locale.ROOT, "%8.2f s  %s%n", seconds(start), what);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void pause() {
        long start = System.nanoTime();
        until("a pause is over", () -> System.nanoTime() - start > 3_000_000_000L);
    }

    private void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!orchestrator.alive() || seconds(start) > 1800) {
                throw new IllegalStateException("not reached: " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

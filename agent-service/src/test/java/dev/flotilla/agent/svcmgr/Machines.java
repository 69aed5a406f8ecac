package dev.flotilla.agent.svcmgr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.agent.StopServices;
import dev.flotilla.agent.decision.SupervisionRules;
import dev.flotilla.agent.disk.AgentFolders;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.install.BundleLimits;
import dev.flotilla.agent.install.Installer;
import dev.flotilla.agent.payload.Fetcher;
import dev.flotilla.agent.payload.PayloadStore;
import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.agent.process.ProcessSearch;
import dev.flotilla.api.MachineNames;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Machines with real processes, carried by a SvcMgr of this test, which can be ended and begun anew. */
final class Machines implements AutoCloseable {
    static final String SERVICE = "hello";
    static final Duration STAY_UP = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SupervisionRules RULES = new SupervisionRules(
            STAY_UP, Duration.ofSeconds(3), Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(5), 3);

    final FakePayloads payloads = new FakePayloads();
    final AgentFolders folders;
    private final PayloadStore store;
    private final String names;
    private SvcMgr services;
    private final AtomicLong revision = new AtomicLong();

    Machines(Path data, String names) throws IOException {
        this.folders = AgentFolders.at(data);
        this.store = new PayloadStore(folders.payloads());
        this.names = names;
        this.services = begin();
    }

    private SvcMgr begin() throws IOException {
        SvcMgr begun = create();
        begun.start();
        return begun;
    }

    /** One more SvcMgr for the same machines, not started. */
    SvcMgr create() {
        SvcMgrParts parts = new SvcMgrParts(
                store,
                new Fetcher(
                        store,
                        payloads,
                        InstantSource.system(),
                        bytes -> {},
                        new Fetcher.Limits(4, Duration.ofSeconds(5))),
                new Installer(new BundleLimits(10_000_000, 100)),
                RULES,
                Duration.ofSeconds(1),
                InstantSource.system(),
                new SilentListener());
        return new SvcMgr(folders, MachineNames.expand(List.of(names)), parts);
    }

    private static final class SilentListener implements SupervisionListener {
        @Override
        public void changed(String machine) {}

        @Override
        public void ended(OrderPhase phase) {}

        @Override
        public void restarted() {}
    }

    SvcMgr services() {
        return services;
    }

    PayloadStore store() {
        return store;
    }

    /** Ends the agent, which leaves everything running, and begins it anew. */
    void restartAgent() throws IOException {
        services.close(false);
        services = begin();
    }

    Order order(String machine, String version, Payload payload) {
        return order(machine, version, payload, 1, revision.incrementAndGet());
    }

    /** Gives an order that permits a switch for so long. */
    Order give(String machine, String version, Payload payload, Duration validity) {
        Order order = order(
                machine,
                version,
                payload,
                1,
                revision.incrementAndGet(),
                Instant.now().plus(validity));
        give(order);
        return order;
    }

    static Order order(String machine, String version, Payload payload, long epoch, long revision) {
        return order(machine, version, payload, epoch, revision, Instant.now().plusSeconds(60));
    }

    private static Order order(
            String machine, String version, Payload payload, long epoch, long revision, Instant notAfter) {
        Instant now = Instant.now();
        return new Order(
                UUID.randomUUID().toString(), machine, SERVICE, version, payload, epoch, revision, now, notAfter, null);
    }

    OrderReceipt give(Order order) {
        try {
            return services.order(order).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : new IllegalStateException(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Orders a version on m1 and waits until it is done. */
    void run(String version, Payload payload) {
        give(order("m1", version, payload));
        awaitPhase("m1", OrderPhase.DONE);
    }

    /** Orders a version on m1, waits until that has failed, and says why. */
    String fail(String version, Payload payload) {
        give(order("m1", version, payload));
        awaitPhase("m1", OrderPhase.FAILED);
        return Objects.requireNonNull(progress("m1").reason());
    }

    RunningReport report(String machine) {
        return Objects.requireNonNull(
                Objects.requireNonNull(services.report(machine)).services().get(SERVICE), "no report of " + machine);
    }

    OrderProgress progress(String machine) {
        return Objects.requireNonNull(report(machine).order());
    }

    void awaitPhase(String machine, OrderPhase phase) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(progress(machine).phase()).isEqualTo(phase));
    }

    void awaitState(RunState state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(report("m1").state()).isEqualTo(state));
    }

    /** The processes of all machines that the agent started itself. */
    List<FoundProcess> leaders() {
        return all().stream().filter(FoundProcess::leads).toList();
    }

    /** The same, and all that those started. */
    List<FoundProcess> all() {
        return new ProcessSearch(folders.data()).find();
    }

    /** The one process that runs. */
    long pid() {
        List<FoundProcess> leaders = leaders();
        assertThat(leaders).hasSize(1);
        return leaders.getFirst().pid();
    }

    List<String> log() throws IOException {
        return services.log("m1", SERVICE).orElseThrow().tail(100);
    }

    ServiceFolder folder() {
        return folders.service("m1", SERVICE);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        services.close(false);
        StopServices.stopAll(folders.data(), Duration.ofMillis(100));
        assertThat(all()).isEmpty();
    }
}

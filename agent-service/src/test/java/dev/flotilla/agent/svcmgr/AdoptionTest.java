package dev.flotilla.agent.svcmgr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.agent.process.Marks;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that begins anew finds what it left running. */
class AdoptionTest {
    private static final String FOR_EVER = "exec sleep 600";

    @TempDir
    Path data;

    private Machines machines;

    @BeforeEach
    void begin() throws IOException {
        machines = new Machines(data, "m1..m3");
    }

    @AfterEach
    void end() throws Exception {
        machines.close();
    }

    @Test
    void whatRunsIsAdoptedAndNothingRunsTwice() throws Exception {
        Payload payload = machines.payloads.script("1", FOR_EVER);
        for (String machine : List.of("m1", "m2", "m3")) {
            machines.give(machines.order(machine, "1", payload));
        }
        for (String machine : List.of("m1", "m2", "m3")) {
            machines.awaitPhase(machine, OrderPhase.DONE);
        }
        List<Long> before = pids();

        machines.restartAgent();
        machines.awaitState(RunState.RUNNING);

        assertThat(pids()).isEqualTo(before);
        assertThat(machines.report("m1").version()).isEqualTo("1");
        assertThat(machines.report("m1").sha256()).isEqualTo(payload.sha256());
    }

    @Test
    void anAdoptedProcessIsWatchedAndStartedAgain() throws Exception {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        machines.restartAgent();
        machines.awaitState(RunState.RUNNING);
        long pid = machines.pid();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await().until(() -> machines.leaders().stream().anyMatch(process -> process.pid() != pid));
        assertThat(machines.log()).anyMatch(line -> line.contains("because the agent was restarted meanwhile"));
    }

    @Test
    void anAdoptedProcessMakesWayForANewVersion() throws Exception {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        machines.restartAgent();

        machines.run("2", machines.payloads.script("2", FOR_EVER));

        assertThat(machines.leaders())
                .singleElement()
                .satisfies(process -> assertThat(process.marks().version()).isEqualTo("2"));
    }

    @Test
    void anOrderThatWasUnderWayIsFinished() throws Exception {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        machines.payloads.gate.acquireUninterruptibly();
        machines.give(machines.order("m1", "2", machines.payloads.script("2", "# two\n" + FOR_EVER)));
        machines.awaitPhase("m1", OrderPhase.FETCHING);
        machines.restartAgent();
        machines.payloads.gate.release();

        machines.awaitPhase("m1", OrderPhase.DONE);

        assertThat(machines.report("m1").version()).isEqualTo("2");
        assertThat(machines.leaders()).hasSize(1);
    }

    @Test
    void aVersionThatWasBeingProvenGoesOnRunning() throws Exception {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        machines.give(machines.order("m1", "2", machines.payloads.script("2", "# two\n" + FOR_EVER)));
        await().until(() -> machines.leaders().stream()
                .anyMatch(process -> process.marks().version().equals("2")));
        long pid = machines.pid();

        machines.restartAgent();
        machines.awaitPhase("m1", OrderPhase.DONE);

        assertThat(machines.pid()).isEqualTo(pid);
    }

    @Test
    void bytesThatComeAfterTheOrderHasLapsedWaitForAFreshOneWhateverHappensToTheAgent() throws Exception {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        long pid = machines.pid();
        Payload payload = machines.payloads.script("2", "# two\n" + FOR_EVER);
        machines.payloads.gate.acquireUninterruptibly();
        Order lapsing = machines.give("m1", "2", payload, Duration.ofMillis(300));
        await().until(() -> Instant.now().isAfter(lapsing.notAfter()));
        machines.payloads.gate.release();
        machines.awaitPhase("m1", OrderPhase.FETCHED);
        assertThat(machines.store().find(payload)).isPresent();

        machines.restartAgent();

        machines.awaitPhase("m1", OrderPhase.FETCHED);
        machines.awaitState(RunState.RUNNING);
        assertThat(machines.pid()).as("nothing was switched").isEqualTo(pid);
        assertThat(machines.report("m1").version()).isEqualTo("1");
        assertThat(machines.give(lapsing).phase())
                .as("the same order again changes nothing")
                .isEqualTo(OrderPhase.FETCHED);
        int fetched = machines.payloads.opened.get();

        machines.give(machines.order("m1", "2", payload));
        machines.awaitPhase("m1", OrderPhase.DONE);

        assertThat(machines.report("m1").version()).isEqualTo("2");
        assertThat(machines.payloads.opened).as("from the bytes on disk").hasValue(fetched);
    }

    @Test
    void aSwitchThatAnAgentDidNotGetToIsNotMadeUpForOnceTheOrderHasLapsed() throws Exception {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        Payload payload = machines.payloads.script("2", "# two\n" + FOR_EVER);
        machines.payloads.gate.acquireUninterruptibly();
        Order order = machines.give("m1", "2", payload, Duration.ofMillis(500));
        machines.awaitPhase("m1", OrderPhase.FETCHING);
        machines.services().close(false);
        machines.payloads.gate.release();
        new Records()
                .write(
                        machines.folder(),
                        new Records()
                                .read(machines.folder())
                                .at(OrderPhase.FETCHING)
                                .at(OrderPhase.SWITCHING));
        await().until(() -> Instant.now().isAfter(order.notAfter()));

        machines.restartAgent();

        machines.awaitPhase("m1", OrderPhase.FETCHED);
        assertThat(machines.report("m1").version()).isEqualTo("1");
    }

    @Test
    void whatADeadProcessLeftBehindIsEnded() throws Exception {
        Payload payload = machines.payloads.script("1", FOR_EVER);
        machines.run("1", payload);
        machines.services().close(true);
        Process leader = startMarked("1", payload, "sleep 599 & " + FOR_EVER);
        await().until(() -> machines.all().size() == 2);
        leader.destroyForcibly().waitFor();
        List<FoundProcess> orphans = machines.all();
        assertThat(orphans).hasSize(1);

        machines.restartAgent();
        machines.awaitState(RunState.RUNNING);

        assertThat(machines.all())
                .noneMatch(process -> process.pid() == orphans.getFirst().pid());
        assertThat(machines.leaders()).hasSize(1);
    }

    @Test
    void aSecondAgentCannotCarryTheSameMachine() {
        SvcMgr second = machines.create();

        assertThatThrownBy(second::start)
                .isInstanceOf(MachineTakenException.class)
                .hasMessageContaining("another agent carries machine m1");
    }

    @Test
    void aHundredMachinesSwitchQuickly() throws Exception {
        try (Machines many = new Machines(data.resolve("many"), "m1..m100")) {
            Payload payload = many.payloads.script("1", FOR_EVER);
            long start = System.nanoTime();
            many.services().machines().parallelStream()
                    .forEach(machine -> many.give(many.order(machine, "1", payload)));
            for (String machine : many.services().machines()) {
                many.awaitPhase(machine, OrderPhase.DONE);
            }
            System.out.println("100 processes in " + Duration.ofNanos(System.nanoTime() - start));

            assertThat(many.leaders()).hasSize(100);
            assertThat(many.payloads.opened).hasValue(1);
        }
    }

    @Test
    void ofTwoProcessesOfAServiceOneStays() throws Exception {
        Payload payload = machines.payloads.script("1", FOR_EVER);
        machines.run("1", payload);
        long pid = machines.pid();
        machines.services().close(false);
        startMarked("0", new Payload("0".repeat(64), 1), FOR_EVER);
        await().until(() -> machines.leaders().size() == 2);

        machines.restartAgent();

        await().until(() -> machines.leaders().size() == 1);
        assertThat(machines.pid()).isEqualTo(pid);
    }

    /** What an earlier run of the agent would have left, without one in this process that still cares for it. */
    private Process startMarked(String version, Payload payload, String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", script);
        builder.environment()
                .putAll(Marks.of(machines.folders.data(), "m1", Machines.SERVICE, version, payload.sha256())
                        .environment());
        return builder.start();
    }

    private List<Long> pids() {
        return machines.leaders().stream().map(FoundProcess::pid).sorted().toList();
    }
}

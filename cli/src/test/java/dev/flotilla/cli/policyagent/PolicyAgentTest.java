package dev.flotilla.cli.policyagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyAgentTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<Thread> running = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile Instant now = NOON;

    @AfterEach
    void stopAgents() throws InterruptedException {
        for (Thread thread : running) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void aStepIsAcknowledgedOnceTheDrainHasEndedWell() throws Exception {
        Path ready = folder.resolve("ready");
        Path log = folder.resolve("log");
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_START, NOON);
        start(
                engine,
                "command",
                "echo $FLOTILLA_JOB $FLOTILLA_FAULT_DOMAIN $FLOTILLA_MACHINES >> " + log + "; test -e " + ready);
        await().until(() -> lines(log) >= 2);
        assertThat(engine.kinds()).as("it failed, and is run again").isEmpty();
        Files.createFile(ready);
        await().until(() -> engine.state() == StepState.ACKNOWLEDGED);
        assertThat(Files.readAllLines(log)).contains("job fd1 m1 m2");
    }

    @Test
    void anAgentThatIsStartedAgainDrainsNothingTwice() throws Exception {
        Path log = folder.resolve("log");
        FakeEngine first = new FakeEngine(StepKind.IMPACT_START, NOON);
        start(first, "command", "echo drained >> " + log);
        await().until(() -> first.state() == StepState.ACKNOWLEDGED);
        stopAgents();
        FakeEngine again = new FakeEngine(StepKind.IMPACT_START, NOON);
        start(again, "command", "echo drained >> " + log);
        await().until(() -> again.state() == StepState.ACKNOWLEDGED);
        assertThat(lines(log)).isEqualTo(1);
    }

    @Test
    void aSecondAgentWithTheSameStateDoesNotStart() throws Exception {
        Path state = folder.resolve("agents/shop");
        try (StateLock first = StateLock.take(state)) {
            assertThat(first.channel().isOpen()).isTrue();
            assertThatExceptionOfType(CliFailure.class)
                    .isThrownBy(() -> StateLock.take(state))
                    .withMessageContaining("Another policy agent runs with the state " + state)
                    .withMessageContaining("process " + ProcessHandle.current().pid())
                    .extracting(CliFailure::exit)
                    .isEqualTo(Exit.ENVIRONMENT);
        }
        StateLock.take(state).close();
    }

    @Test
    void whatSomebodyElseHasAnsweredIsNotDrainedAgainAndIfItWasDrainedMeanwhileThatIsSaid() throws Exception {
        Path log = folder.resolve("log");
        Path ready = folder.resolve("ready");
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_START, NOON);
        start(engine, "command", "echo drained >> " + log + "; while ! test -e " + ready + "; do sleep 0.05; done");
        await().until(() -> lines(log) == 1);
        engine.byHand(Kind.ACKNOWLEDGE, null);
        Files.createFile(ready);
        await().until(() ->
                said.stream().anyMatch(line -> line.contains("Does another policy agent answer for shop?")));
        stopAgents();
        Files.delete(folder.resolve("state"));
        start(engine, "command", "echo drained >> " + log);
        await().during(Duration.ofMillis(200)).until(() -> lines(log) == 1);
        assertThat(engine.kinds()).containsExactly(Kind.ACKNOWLEDGE);
    }

    @Test
    void anAnswerWhoseReplyWasLostIsNotGivenTwice() {
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_START, NOON);
        engine.loseAnswers = true;
        start(engine, "always");
        await().until(() -> engine.state() == StepState.ACKNOWLEDGED && !engine.loseAnswers);
        assertThat(engine.kinds()).containsExactly(Kind.ACKNOWLEDGE);
    }

    @Test
    void aCheckThatFailsRaisesAnAlert() {
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_END, NOON);
        start(engine, Rules.parse(List.of("always")), Rules.check("exit 3"));
        await().until(() -> engine.state() == StepState.ALERTED);
        assertThat(engine.answers.getFirst().reason()).contains("exited with 3");
    }

    @Test
    void aStepIsDelayedFirstAndAcknowledgedWhenThatTimeIsOver() {
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_START, NOON);
        start(engine, "delay", "PT2M");
        await().until(() -> !engine.kinds().isEmpty());
        assertThat(engine.answers.getFirst().delay()).isEqualTo(Duration.ofMinutes(2));
        now = NOON.plus(Duration.ofMinutes(2));
        await().until(() -> engine.state() == StepState.ACKNOWLEDGED);
        assertThat(engine.kinds()).containsExactly(Kind.DELAY, Kind.ACKNOWLEDGE);
    }

    @Test
    void whatAPersonDelayedIsLeftAloneUntilThatTimeIsOver() {
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_START, NOON);
        engine.byHand(Kind.DELAY, Duration.ofMinutes(20));
        start(engine, "always");
        await().until(() -> said.stream().anyMatch(line -> line.contains("ann delayed it")));
        assertThat(engine.kinds()).containsExactly(Kind.DELAY);
        now = NOON.plus(Duration.ofMinutes(20));
        await().until(() -> engine.state() == StepState.ACKNOWLEDGED);
    }

    @Test
    void aDelayThatAPersonAskedForDuringTheDrainIsHeldToo() throws Exception {
        Path log = folder.resolve("log");
        Path ready = folder.resolve("ready");
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_START, NOON);
        start(engine, "command", "echo drained >> " + log + "; while ! test -e " + ready + "; do sleep 0.05; done");
        await().until(() -> lines(log) == 1);
        engine.byHand(Kind.DELAY, Duration.ofMinutes(20));
        Files.createFile(ready);
        await().until(() -> said.stream().anyMatch(line -> line.contains("ann delayed it")));
        assertThat(engine.kinds()).containsExactly(Kind.DELAY);
        now = NOON.plus(Duration.ofMinutes(20));
        await().until(() -> engine.state() == StepState.ACKNOWLEDGED);
        assertThat(lines(log)).isEqualTo(1);
    }

    @Test
    void byHoursItAnswersInThemOnlyAlsoOverMidnight() {
        FakeEngine engine = new FakeEngine(StepKind.IMPACT_START, NOON);
        start(engine, "hours", "22:00-04:00", "UTC");
        await().during(Duration.ofMillis(100)).until(() -> engine.kinds().isEmpty());
        now = Instant.parse("2026-11-23T03:59:00Z");
        await().until(() -> engine.state() == StepState.ACKNOWLEDGED);
    }

    @Test
    void rulesThatAreNoneAreRefused() {
        for (List<String> words : List.of(
                List.of("sometimes"),
                List.of("always", "now"),
                List.of("hours", "22:00"),
                List.of("hours", "22:00-25:00", "UTC"),
                List.of("hours", "22:00-23:00", "Mars/North"),
                List.of("delay", "PT0S"),
                List.of("delay", "soon"),
                List.of("command"))) {
            assertThatExceptionOfType(CliFailure.class).isThrownBy(() -> Rules.parse(words));
        }
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private void start(FakeEngine engine, String... approve) {
        List<String> words = List.of(approve);
        start(engine, Rules.parse(words), Rules.end(words));
    }

    private void start(FakeEngine engine, Rule starts, Rule ends) {
        PolicyAgent.Pace pace =
                new PolicyAgent.Pace(Duration.ofMillis(20), Duration.ofMillis(20), () -> now, said::add);
        PolicyAgent agent =
                new PolicyAgent(new Answers(engine, "shop"), starts, ends, new Decided(folder.resolve("state")), pace);
        running.add(Thread.ofVirtual().start(() -> {
            try {
                agent.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}

package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aLineTellsHowManyRunItAndWhereTheOthersAre() {
        assertThat(ProgressView.line(progress(DeploymentState.ROLLING_OUT, null, new Counts(40, 8, 2, 50, 0, 0, 0))))
                .isEqualTo("d7 hello 1.0.0  [###############...............] 50 of 100 run it; 40 waiting, 8 fetching,"
                        + " 2 switching");
    }

    @Test
    void aLineThatDoesNotFitDoesWithoutItsBar() {
        assertThat(ProgressView.words(progress(DeploymentState.ROLLING_OUT, null, new Counts(40, 8, 2, 50, 0, 0, 0))))
                .isEqualTo("d7 hello 1.0.0: 50 of 100 run it; 40 waiting, 8 fetching, 2 switching");
    }

    @Test
    void theEndTellsHowLongItTook() {
        assertThat(ProgressView.summary(progress(DeploymentState.COMPLETE, null, new Counts(0, 0, 0, 99, 0, 1, 0))))
                .isEqualTo("Deployment d7 of hello 1.0.0 is complete: 99 machines run it, 12.3 s after the request."
                        + " 1 was passed by.");
    }

    @Test
    void theEndTellsWhoWasPassedByAndWhy() {
        DeploymentProgress none = progress(DeploymentState.COMPLETE, null, new Counts(0, 0, 0, 0, 1, 2, 0));
        assertThat(ProgressView.summary(
                        none,
                        List.of(
                                aside("m1", MachinePhase.FAILED, "failed 3 times", "set-aside"),
                                aside("m2", MachinePhase.EXCUSED, "on show", "exhibition"),
                                aside("m3", MachinePhase.EXCUSED, "on show", "exhibition"))))
                .isEqualTo("Deployment d7 of hello 1.0.0 is complete, but no machine runs it."
                        + " 1 failed: m1, failed 3 times (set-aside)."
                        + " 2 were passed by: m2, m3, on show (exhibition).");
    }

    private static MachineProgress aside(String machine, MachinePhase phase, String reason, String rule) {
        return new MachineProgress(
                machine, "d7~prod~web", "fd1", phase, reason, rule, null, null, null, "it ends", null, null, null, 0);
    }

    @Test
    void oneMachineIsOneMachine() {
        DeploymentProgress one = progress(DeploymentState.COMPLETE, null, new Counts(0, 0, 0, 1, 0, 0, 0));
        assertThat(ProgressView.summary(one)).contains(": 1 machine runs it,");
        assertThat(ProgressView.line(one)).endsWith("1 of 1 runs it");
    }

    @Test
    void aHaltTellsWhyAndWhatCanBeDone() {
        assertThat(ProgressView.summary(
                        progress(DeploymentState.HALTED, "6 machines failed", new Counts(90, 0, 0, 4, 6, 0, 0))))
                .contains("6 machines failed", "./flotilla explain d7", "./flotilla resume d7");
    }

    @Test
    void whatIsRolledBackIsNotToBeResumed() {
        Counts counts = new Counts(90, 0, 0, 4, 6, 0, 0);
        String why = "rolled back by ann: it eats memory";
        DeploymentProgress back = new DeploymentProgress(
                "d7",
                "hello",
                "1.0.0",
                DeploymentState.HALTED,
                why,
                counts,
                START,
                START,
                null,
                true,
                List.of("d9"),
                null,
                List.of());
        assertThat(ProgressView.summary(back))
                .startsWith("Deployment d7 of hello 1.0.0 was stopped for good: rolled back by ann: it eats memory\n")
                .contains("Its machines go back with d9: ")
                .doesNotContain("resume");
    }

    private static DeploymentProgress progress(DeploymentState state, @Nullable String reason, Counts counts) {
        return new DeploymentProgress(
                "d7", "hello", "1.0.0", state, reason, counts, START, START, START.plusMillis(12_345), List.of());
    }
}

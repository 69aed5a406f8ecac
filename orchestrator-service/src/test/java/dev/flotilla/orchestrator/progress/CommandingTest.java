package dev.flotilla.orchestrator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.RolloutProgress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A refusal speaks of what it refused, as that was. */
class CommandingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aRefusalNamesTheStateThatItWasRefusedInAndNotALaterOne() {
        assertThat(Commanding.refusal(
                        Command.RESUME, "d3", deployment(DeploymentState.HALTED), Set.of(DeploymentState.ROLLING_OUT)))
                .isEqualTo(
                        "'resume' does not apply to d3: it takes what is halted, and not rolled back, and it is rolling out");
    }

    @Test
    void ofOneRolloutItNamesTheStateOfThatAndNotOfTheDeployment() {
        assertThat(Commanding.refusal(
                        Command.ROLL_BACK,
                        "d3~prod~f1",
                        deployment(DeploymentState.HALTED, DeploymentState.SUPERSEDED)))
                .endsWith("and it is superseded");
        assertThat(Commanding.refusal(
                        Command.ROLL_BACK, "d3", deployment(DeploymentState.SUPERSEDED, DeploymentState.ABORTED)))
                .endsWith("and it is aborted or superseded");
    }

    @Test
    void whatSomebodyPausedIsPaused() {
        DeploymentProgress paused =
                deployment(DeploymentState.PAUSED_BY + "ann: lunch", DeploymentState.HALTED, DeploymentState.COMPLETE);
        assertThat(Commanding.refusal(Command.PAUSE, "d3~prod~f0", paused)).endsWith("and it is paused");
        assertThat(Commanding.refusal(Command.PROMOTE, "d3", paused)).endsWith("and it is paused or complete");
        assertThat(Commanding.refusal(Command.PAUSE, "d3", deployment("too many failed", DeploymentState.HALTED)))
                .endsWith("and it is halted");
    }

    @Test
    void whereNothingFailedThatIsSaidAndNotTheState() {
        assertThat(Commanding.refusal(Command.RETRY_FAILED, "d3", deployment(), Set.of(DeploymentState.ROLLING_OUT)))
                .endsWith("and none of its machines has failed there");
        assertThat(Commanding.refusal(Command.RETRY_FAILED, "d3", deployment(), Set.of(DeploymentState.HALTED)))
                .endsWith("('resume' tries those of a halted one), and it is halted");
    }

    private static DeploymentProgress deployment(DeploymentState... rollouts) {
        return deployment(null, rollouts);
    }

    /** @param reason of those that are halted */
    private static DeploymentProgress deployment(@Nullable String reason, DeploymentState... rollouts) {
        Counts counts = new Counts(0, 0, 0, 0, 0, 0, 0);
        List<RolloutProgress> parts = Arrays.stream(rollouts)
                .map(state -> new RolloutProgress(
                        "d3~prod~f" + Arrays.asList(rollouts).indexOf(state),
                        "prod",
                        "f" + Arrays.asList(rollouts).indexOf(state),
                        state,
                        state == DeploymentState.HALTED ? reason : null,
                        counts,
                        NOW,
                        null))
                .toList();
        return new DeploymentProgress("d3", "shop", "2", DeploymentState.HALTED, null, counts, NOW, NOW, null, parts);
    }
}

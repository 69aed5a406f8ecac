package dev.flotilla.console.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Counts;
import org.junit.jupiter.api.Test;

class PhasesTest {
    @Test
    void howFarADeploymentIsIsSaidOfTheMachinesThatAreStillItsOwn() {
        assertThat(Phases.done(new Counts(3, 0, 0, 1, 0, 0, 0))).isEqualTo("1 of 4 runs it");
        assertThat(Phases.done(new Counts(0, 0, 0, 0, 0, 0, 4)))
                .isEqualTo("all its machines are another deployment's now");
    }
}

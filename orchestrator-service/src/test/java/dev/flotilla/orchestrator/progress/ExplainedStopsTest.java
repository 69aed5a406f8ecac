package dev.flotilla.orchestrator.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Authority.Kind;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.orchestrator.decision.MachineView;
import org.junit.jupiter.api.Test;

/** Who stopped a rollout, since when, and what brings it on again. */
class ExplainedStopsTest extends ExplainedWorld {
    @Test
    void aPauseIsItsCallersWithTheReasonSinceItWasGiven() {
        state = DeploymentState.HALTED;
        reason = "paused by ann: lunch";
        decided("pause", "ann", "lunch", NOW.minusSeconds(90));
        decided("pause", "bob", "another", NOW.minusSeconds(500));
        Grounds grounds = grounds(old("m1", "fd1", LONG_AGO));
        assertThat(grounds.since()).isEqualTo(NOW.minusSeconds(90));
        assertThat(grounds.by()).isEqualTo(new Authority(Kind.CALLER, "ann", null, "lunch", "ann, who paused it"));
        assertThat(grounds.unblock())
                .as("nothing need be mended")
                .isEqualTo("a person says 'resume', or 'roll-back', or deploys another version");
        RolloutExplanation whole = whole(old("m1", "fd1", LONG_AGO));
        assertThat(whole.since()).isEqualTo(NOW.minusSeconds(90));
        assertThat(whole.by()).isEqualTo(grounds.by());
        assertThat(whole.unblock()).isEqualTo(grounds.unblock());
    }

    @Test
    void rollingBackIsProposedOnlyWhereThereIsSomethingToGoBackTo() {
        state = DeploymentState.HALTED;
        reason = "3 of 20 machines failed";
        MachineView m1 = old("m1", "fd1", LONG_AGO);
        assertThat(grounds(m1).unblock())
                .contains("'resume'", "'roll-back'")
                .isEqualTo(whole(m1).unblock());
        back = GoingBack.NOWHERE;
        assertThat(grounds(m1).unblock())
                .contains("'resume'")
                .doesNotContain("roll-back")
                .isEqualTo(whole(m1).unblock());
        back = GoingBack.ASKED;
        assertThat(grounds(m1).unblock())
                .startsWith("nothing: its way back")
                .isEqualTo(whole(m1).unblock());
    }

    @Test
    void whoRolledItBackIsNamedInASentenceThatReads() {
        state = DeploymentState.HALTED;
        reason = "rolled back by ann: slow";
        decided("roll-back", "ann", "slow", NOW.minusSeconds(90));
        assertThat(grounds(old("m1", "fd1", LONG_AGO)).by())
                .isEqualTo(new Authority(Kind.CALLER, "ann", null, "slow", "ann, who rolled it back"));
    }

    @Test
    void aTenantOrTheDeploymentItselfMayHaveStoppedIt() {
        state = DeploymentState.HALTED;
        reason = "paused by tenant acme: errors";
        decided("pause", "tenant acme", "errors", NOW.minusSeconds(90));
        assertThat(grounds(old("m1", "fd1", LONG_AGO)).by())
                .isEqualTo(new Authority(Kind.TENANT, "acme", null, "errors", "tenant acme, who paused it"));

        assertThat(grounds(old("m1", "fd1", LONG_AGO)).unblock()).contains("once the cause is mended");

        reason = "3 of 20 machines failed";
        decided("halt", "flotilla", "3 of 20 machines failed", NOW.minusSeconds(10));
        assertThat(grounds(old("m1", "fd1", LONG_AGO)))
                .extracting(Grounds::since, ExplainedWorld::said)
                .containsExactly(NOW.minusSeconds(10), "the deployment itself");
    }

    @Test
    void ofAMachineThatFailedNoCommandIsNamedThatWouldBeRefused() {
        MachineView m1 = crashing("m1");
        assertThat(grounds(m1).unblock()).contains("'retry-failed'");
        state = DeploymentState.HALTED;
        assertThat(grounds(m1).unblock())
                .contains("'resume'", "'roll-back'")
                .doesNotContain("retry-failed")
                .isEqualTo(whole(m1).waits().getFirst().unblock());
        back = GoingBack.NOWHERE;
        assertThat(grounds(m1).unblock()).contains("'resume'").doesNotContain("roll-back");
        state = DeploymentState.ABORTED;
        assertThat(grounds(m1).unblock()).isEqualTo("nothing: it is over; deploy the version again");
    }

    @Test
    void promotingIsProposedOnlyWhereItSkipsAProof() {
        MachineView m1 = old("m1", "fd1", LONG_AGO);
        MachineView m2 = old("m2", "fd2", LONG_AGO);
        assertThat(grounds(m2, m1, m2).unblock())
                .as("m1 has not begun")
                .contains("have proved themselves")
                .doesNotContain("promote");
        MachineView proving = proving("m1");
        assertThat(grounds(m2, proving, m2).unblock()).endsWith("'promote' skips the proof");
        assertThat(grounds(proving, proving, m2).unblock()).contains("'promote' skips the rest of the wait");
        state = DeploymentState.HALTED;
        assertThat(grounds(proving, proving, m2).unblock()).doesNotContain("promote");
    }
}

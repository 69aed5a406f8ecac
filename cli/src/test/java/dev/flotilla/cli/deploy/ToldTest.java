package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a command says is what it did, there where it did it. */
class ToldTest {
    private static final Instant NOW = Instant.parse("2026-01-01T03:00:00Z");
    private static final RolloutProgress WEB = rollout("web", DeploymentState.ROLLING_OUT);
    private static final RolloutProgress DB = rollout("db", DeploymentState.COMPLETE);
    private static final RolloutProgress HALTED = rollout("web", DeploymentState.HALTED);
    private static final Wait FREEZE =
            new Wait(MachinePhase.WAITING, "peak", "the peak", null, null, null, "it ends", 2, List.of("m1", "m2"));

    @Test
    void aPauseOfOneGroupIsNotOneOfTheWholeDeployment() {
        assertThat(told(Command.PAUSE, List.of(WEB), List.of(DB)))
                .startsWith("Paused d3 in prod/web: no further machine is brought to shop 2 there until"
                        + " './flotilla resume d3 --group prod/web --reason ...'")
                .endsWith("Its other group is as before: prod/db complete.")
                .doesNotContain("repaved");
    }

    @Test
    void aPauseOfWhatIsCompleteSaysThatNothingIsKeptUp() {
        assertThat(told(Command.PAUSE, List.of(DB), List.of()))
                .startsWith(
                        "Paused d3: no further machine is brought to shop 2 until './flotilla resume d3 --reason ...'")
                .contains("nothing is kept up meanwhile: a machine that is repaved")
                .doesNotContain("as before");
    }

    @Test
    void aResumeSaysWhatItTriesAfreshAndWhatStillHolds() {
        assertThat(told(new Told(
                        Command.RESUME,
                        deployment(HALTED),
                        List.of(HALTED),
                        List.of(),
                        List.of(explained(DeploymentState.HALTED, List.of(), FREEZE)),
                        List.of(failed("m8"), failed("m9")),
                        false)))
                .isEqualTo("""
                        Resumed d3.
                        Tried afresh: m8, m9.
                        Still held in prod/web: m1, m2 would wait: the peak (rule peak). It takes: it ends.""");
    }

    @Test
    void aRollBackSaysWhatItsWayBackWaitsFor() {
        RolloutPlan back = new RolloutPlan(
                "d0~prod~web",
                "prod",
                "web",
                DeploymentState.ROLLING_OUT,
                null,
                2,
                0,
                0,
                0,
                2,
                Duration.ofSeconds(10),
                "assumed",
                null,
                null,
                Duration.ZERO,
                List.of(),
                List.of(FREEZE),
                List.of(),
                List.of());
        assertThat(HeldBack.sentences(back, new Moments(NOW, ZoneId.of("UTC"))))
                .containsExactly(
                        "Held in prod/web on the way back: m1, m2 would wait: the peak (rule peak). It takes: it ends.");
    }

    @Test
    void aPromotionSaysWhoseProofItSkipped() {
        Wait proving = new Wait(
                MachinePhase.RUNNING,
                "proving",
                "runs 2",
                null,
                NOW.plusSeconds(8),
                null,
                "it stays healthy",
                3,
                List.of("m1", "m2", "m3"));
        Wait turn = new Wait(
                MachinePhase.WAITING,
                "fault-domain",
                "fault domain fd1 comes first, where 3 machines are not done: m1, m2, m3",
                null,
                null,
                new Authority(Authority.Kind.ROLLOUT, "d3~prod~web", null, null, "the rollout's order"),
                "they have proved themselves",
                1,
                List.of("m4"));
        assertThat(told(promoted(proving, turn), explained(DeploymentState.ROLLING_OUT, List.of(turn))))
                .as("who was let off is not said to hold others")
                .isEqualTo("Skipped in prod/web: m1..m3 need not prove themselves any longer;"
                        + " that would have taken until 03:00:08 UTC (in 8 s).");
    }

    @Test
    void aPromotionThatHadNothingToSkipSaysWhatItWaitsFor() {
        assertThat(told(promoted(FREEZE), explained(DeploymentState.ROLLING_OUT, List.of(FREEZE))))
                .isEqualTo("""
                Skipped nothing: no machine of d3 is proving itself now.
                Still held in prod/web, m1, m2: the peak (rule peak).""");
    }

    @Test
    void aPauseOfSomeGroupsIsTakenBackGroupByGroup() {
        RolloutProgress api = rollout("api", DeploymentState.ROLLING_OUT);
        RolloutProgress old = rollout("old", DeploymentState.HALTED);
        assertThat(told(Command.PAUSE, List.of(WEB, api), List.of(old)))
                .contains(
                        "in prod/web, prod/api",
                        "until './flotilla resume d3 --group ENV/MF --reason ...' for each of them;");
    }

    @Test
    void aRetrySaysWhatItDidAlsoWhereNoneOfItsMachinesIsAmongTheFirst() {
        assertThat(told(retried(true, failed("m8")))).isEqualTo("Tried afresh: m8 and more.");
        assertThat(told(retried(true))).isEqualTo("Tried afresh: whatever had failed of d3.");
        assertThat(told(retried(false))).isEqualTo("Tried nothing afresh: no machine of d3 had failed.");
    }

    private static Told retried(boolean more, MachineProgress... failed) {
        return new Told(
                Command.RETRY_FAILED, deployment(WEB), List.of(WEB), List.of(), List.of(), List.of(failed), more);
    }

    @Test
    void anEndIsForGood() {
        assertThat(told(Command.ABORT, List.of(WEB, DB), List.of()))
                .isEqualTo("Ended d3 for good: nothing more is changed or kept up; what runs is left as it is.");
    }

    private static Told promoted(Wait... waits) {
        return new Told(
                Command.PROMOTE,
                deployment(WEB),
                List.of(WEB),
                List.of(),
                List.of(explained(DeploymentState.ROLLING_OUT, List.of(waits))),
                List.of(),
                false);
    }

    private static String told(Command command, List<RolloutProgress> touched, List<RolloutProgress> untouched) {
        return told(new Told(command, deployment(WEB, DB), touched, untouched, List.of(), List.of(), false));
    }

    private static String told(Told told, RolloutExplanation... now) {
        return told.text(told.before(), List.of(now), new Moments(NOW, ZoneId.of("UTC")))
                .in(Text.UNBROKEN);
    }

    private static RolloutExplanation explained(DeploymentState state, List<Wait> waits, Wait... then) {
        Wait foremost = waits.isEmpty() ? null : waits.getFirst();
        return new RolloutExplanation(
                "d3~prod~web", state, "why", NOW, null, "it", null, counts(), foremost, waits, List.of(then));
    }

    private static DeploymentProgress deployment(RolloutProgress... rollouts) {
        return new DeploymentProgress(
                "d3", "shop", "2", DeploymentState.ROLLING_OUT, null, counts(), NOW, NOW, null, List.of(rollouts));
    }

    private static RolloutProgress rollout(String function, DeploymentState state) {
        return new RolloutProgress("d3~prod~" + function, "prod", function, state, null, counts(), NOW, null);
    }

    private static MachineProgress failed(String name) {
        return new MachineProgress(
                name,
                "d3~prod~web",
                "fd1",
                MachinePhase.FAILED,
                "",
                "set-aside",
                null,
                null,
                null,
                "",
                null,
                "1",
                RunState.RUNNING,
                3);
    }

    private static Counts counts() {
        return new Counts(1, 0, 0, 1, 0, 0, 0);
    }
}

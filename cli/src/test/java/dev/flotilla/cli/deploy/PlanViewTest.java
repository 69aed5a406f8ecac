package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.WaveKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void showsTheWavesInOrderWhatIsPassedByAndWhatIsTakenForGranted() {
        PlannedWave canary = wave(1, WaveKind.CANARIES, "fd1", 1, List.of("m1"), Duration.ZERO, List.of());
        PlannedWave rest = wave(
                2,
                WaveKind.FAULT_DOMAIN,
                "fd1",
                900,
                List.of("m2", "m3", "m4"),
                Duration.ofSeconds(20),
                List.of(wait(MachinePhase.WAITING, "freeze", "frozen", START.plusSeconds(60), "m2")));
        assertThat(PlanView.of(plan(Duration.ofSeconds(80), canary, rest))).isEqualTo("""
                d7 of hello 1.0.1 is rolling out.
                It will change 901 of 902 machines, which takes about 1 min 20 s; 1 is passed by.

                GROUP     WAVE  FAULT DOMAIN    COUNT  MACHINES             AT ONCE  BEGINS IN  TAKES  REMARKS
                prod/web  1     fd1 (canaries)  1      m1                   1        0 s        20 s
                prod/web  2     fd1             900    m2..m4 and 897 more  1        20 s       20 s   m2: frozen (freeze) until 2026-01-01T00:01:00Z

                PASSED BY IN  COUNT  MACHINES  UNTIL  WHY
                prod/web      1      m9        -      on show (exhibition)

                This takes for granted:
                  Nothing fails.
                  A machine takes 10 s (assumed).""");
    }

    @Test
    void saysWhereItIsNotKnownHowLongItTakes() {
        String text = PlanView.of(plan(null, wave(1, WaveKind.MENDING, null, 1, List.of("m1"), null, List.of())));
        assertThat(text)
                .contains("nobody knows how long")
                .contains("any (mending)")
                .contains("?");
    }

    @Test
    void pagesAreOnePlan() {
        DeploymentPlan joined = PlanCommand.joined(plan(Duration.ofSeconds(5)), plan(Duration.ofSeconds(80)));
        assertThat(joined.rollouts()).hasSize(2);
        assertThat(joined.expected()).isEqualTo(Duration.ofSeconds(80));
        assertThat(PlanCommand.joined(joined, plan(null)).expected()).isNull();
    }

    private static DeploymentPlan plan(@Nullable Duration expected, PlannedWave... waves) {
        RolloutPlan rollout = new RolloutPlan(
                "d7~prod~web",
                "prod",
                "web",
                DeploymentState.ROLLING_OUT,
                null,
                902,
                0,
                901,
                1,
                Duration.ofSeconds(10),
                "assumed",
                expected,
                expected == null ? null : START.plus(expected),
                List.of(waves),
                List.of(wait(MachinePhase.EXCUSED, "exhibition", "on show", null, "m9")),
                List.of());
        return new DeploymentPlan(
                "d7",
                "hello",
                "1.0.1",
                DeploymentState.ROLLING_OUT,
                null,
                START,
                expected,
                List.of("nothing fails"),
                List.of(rollout),
                null);
    }

    private static PlannedWave wave(
            int number,
            WaveKind kind,
            @Nullable String faultDomain,
            int machines,
            List<String> names,
            @Nullable Duration begins,
            List<Wait> waits) {
        return new PlannedWave(
                number, kind, faultDomain, machines, 0, names, 1, machines, begins, Duration.ofSeconds(20), waits);
    }

    private static Wait wait(MachinePhase phase, String rule, String reason, @Nullable Instant until, String machine) {
        return new Wait(phase, rule, reason, null, until, null, "it ends", 1, List.of(machine));
    }
}

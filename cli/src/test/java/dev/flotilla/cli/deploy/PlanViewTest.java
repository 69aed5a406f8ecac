package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.RolloutPlan.TakenOver;
import dev.flotilla.api.orchestrator.WaveKind;
import dev.flotilla.cli.terminal.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TakenOver OLDER = new TakenOver("d3", "1.0.0", DeploymentState.ROLLING_OUT, null, 5);

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
        assertThat(PlanView.of(plan(Duration.ofSeconds(80), canary, rest)).in(100))
                .isEqualTo("""
                d7 of hello 1.0.1 is rolling out.
                It will change 901 of 902 machines, which takes about 1 min 20 s; 1 is passed by.

                GROUP     WAVE  FAULT DOMAIN    COUNT  AT ONCE  BEGINS IN  TAKES  MACHINES
                prod/web  1     fd1 (canaries)  1      1        0 s        20 s   m1
                prod/web  2     fd1             900    1        20 s       20 s   m2..m4, ...

                What it waits for:
                  prod/web wave 2, m2: frozen (rule freeze), until 00:01:00 UTC (in 1 min 0 s)

                Passed by:
                  prod/web, m9: on show (rule exhibition)

                This takes for granted:
                  Nothing fails.
                  A machine takes 10 s (assumed).""");
    }

    @Test
    void fitsATerminalHoweverLongItsNamesAndReasonsAre() {
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "machine-number-" + 7 * i).toList();
        String reason = "fault domain rack-4711 of the group is under work of others "
                .repeat(5)
                .strip();
        Wait tenant =
                new Wait(MachinePhase.WAITING, "maintenance-request", reason, null, null, null, "it ends", 900, names);
        PlannedWave wave = new PlannedWave(
                12,
                WaveKind.CANARIES,
                "fault-domain-with-a-long-name",
                123_456,
                17,
                5,
                names,
                12_345,
                9,
                Duration.ofHours(50),
                Duration.ofHours(33),
                Duration.ZERO,
                List.of(tenant));
        RolloutPlan rollout = rollout("production-in-europe-north", "frontend-servers-with-gpu", wave, wave);
        String text = PlanView.of(plan("d7", Duration.ofHours(90), Duration.ZERO, rollout, rollout))
                .in(PlanTable.COLUMNS);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(PlanTable.COLUMNS));
        assertThat(text.lines().filter(line -> line.contains("maintenance-request")))
                .as("the reason of all waves stands there once")
                .hasSize(1);
    }

    @Test
    void saysOfOneThatIsNotDeclaredWhatItWouldDoAndWhoseMachinesItTakes() {
        PlannedWave one = wave(1, WaveKind.FAULT_DOMAIN, "fd1", 901, List.of("m1"), Duration.ZERO, List.of());
        RolloutPlan rollout = rollout("prod", "web", one);
        DeploymentPlan undeclared = plan("d0", Duration.ofMinutes(31), Duration.ofMinutes(30), rollout);
        assertThat(PlanView.of(undeclared).in(100)).startsWith("""
                        hello 1.0.1 is not declared there. Declared now, it would change 901 of 902 machines, which takes
                        about 31 min 0 s, up to 30 min 0 s of it for tenants to answer; 1 is passed by.
                        It takes 5 machines over from d3, which brings 1.0.0 and is rolling out there.
                        """);
        assertThat(PlanView.of(new RollbackPlan("d7", List.of(undeclared), "1.0.2 stays on m9"))
                        .in(100))
                .startsWith("Rolling d7 back would stop it, and declare 1 deployment:\n\n"
                        + "Going back to hello 1.0.1 would change 901 of 902 machines, which takes")
                .endsWith("But 1.0.2 stays on m9.");
    }

    @Test
    void saysOfOneThatIsDeclaredOnSomeOfTheMachinesThatItIsNotOnAllOfThem() {
        PlannedWave one = wave(1, WaveKind.FAULT_DOMAIN, "fd1", 901, List.of("m1"), Duration.ZERO, List.of());
        TakenOver same = new TakenOver("d3", "1.0.1", DeploymentState.COMPLETE, null, 5);
        assertThat(PlanView.of(plan("d0", null, Duration.ZERO, takingOver(rollout("prod", "web", one), same)))
                        .in(Text.UNBROKEN))
                .startsWith("hello 1.0.1 is not declared on all of these machines. Declared now, it would change")
                .contains("It takes 5 machines over from d3, which brings 1.0.1 and is complete there.");
    }

    @Test
    void whatItTakesMachinesOverFromIsPausedWhereSomebodyAskedForThat() {
        PlannedWave one = wave(1, WaveKind.FAULT_DOMAIN, "fd1", 901, List.of("m1"), Duration.ZERO, List.of());
        TakenOver paused =
                new TakenOver("d6", "1.0.0", DeploymentState.HALTED, DeploymentState.PAUSED_BY + "ann: lunch", 5);
        assertThat(PlanView.of(plan("d0", null, Duration.ZERO, takingOver(rollout("prod", "web", one), paused)))
                        .in(Text.UNBROKEN))
                .contains("over from d6, which brings 1.0.0 and is paused there.");
    }

    @Test
    void whoHasTheVersionAlreadyOnlyProvesItself() {
        assertThat(PlanView.of(plan(Duration.ofSeconds(8), proving(17, 5))).in(100))
                .contains("It will change 12 of 902 machines; 5 have it already and prove themselves, which takes")
                .contains("m1..m17 (7 begun)");
        assertThat(PlanView.of(plan(Duration.ofSeconds(8), proving(1, 1))).in(100))
                .contains("Nothing is left to change; 1 has it already and proves itself, which takes about 8 s")
                .contains("m1 (1 proving)");
    }

    /** A wave of so many machines, of which so many prove themselves, and two more have begun where they are not all. */
    private static PlannedWave proving(int machines, int proving) {
        return new PlannedWave(
                1,
                WaveKind.FAULT_DOMAIN,
                "fd1",
                machines,
                proving == machines ? proving : proving + 2,
                proving,
                IntStream.rangeClosed(1, machines).mapToObj(i -> "m" + i).toList(),
                5,
                4,
                Duration.ZERO,
                Duration.ofSeconds(8),
                Duration.ZERO,
                List.of());
    }

    @Test
    void saysWhereItIsNotKnownHowLongItTakes() {
        String text = PlanView.of(plan(null, wave(1, WaveKind.MENDING, null, 1, List.of("m1"), null, List.of())))
                .in(100);
        assertThat(text)
                .contains("nobody can say when")
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
        return plan("d7", expected, Duration.ZERO, rollout("prod", "web", waves));
    }

    private static DeploymentPlan plan(
            String id, @Nullable Duration expected, Duration asking, RolloutPlan... rollouts) {
        List<RolloutPlan> all = id.equals("d0")
                ? Stream.of(rollouts)
                        .map(rollout -> rollout.takesOver().isEmpty() ? takingOver(rollout, OLDER) : rollout)
                        .toList()
                : List.of(rollouts);
        return new DeploymentPlan(
                id,
                "hello",
                "1.0.1",
                DeploymentState.ROLLING_OUT,
                null,
                START,
                expected,
                asking,
                List.of("nothing fails"),
                all,
                null);
    }

    private static RolloutPlan rollout(String environment, String function, PlannedWave... waves) {
        int proving = Stream.of(waves).mapToInt(PlannedWave::proving).sum();
        int planned = Stream.of(waves).mapToInt(PlannedWave::machines).sum() - proving;
        return new RolloutPlan(
                "d7~" + environment + "~" + function,
                environment,
                function,
                DeploymentState.ROLLING_OUT,
                null,
                902,
                0,
                proving,
                planned,
                1,
                Duration.ofSeconds(10),
                "assumed",
                Duration.ofSeconds(80),
                START.plusSeconds(80),
                Duration.ZERO,
                List.of(waves),
                List.of(wait(MachinePhase.EXCUSED, "exhibition", "on show", null, "m9")),
                List.of(),
                List.of());
    }

    private static RolloutPlan takingOver(RolloutPlan plan, TakenOver taken) {
        return new RolloutPlan(
                plan.id(),
                plan.environment(),
                plan.machineFunction(),
                plan.state(),
                null,
                plan.machines(),
                plan.done(),
                plan.proving(),
                plan.planned(),
                plan.aside(),
                plan.change(),
                plan.changeFrom(),
                plan.expected(),
                plan.endsAt(),
                plan.asking(),
                plan.waves(),
                plan.passedBy(),
                List.of(taken),
                List.of());
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
                number,
                kind,
                faultDomain,
                machines,
                0,
                0,
                names,
                1,
                machines,
                begins,
                Duration.ofSeconds(20),
                Duration.ZERO,
                waits);
    }

    private static Wait wait(MachinePhase phase, String rule, String reason, @Nullable Instant until, String machine) {
        return new Wait(phase, rule, reason, null, until, null, "it ends", 1, List.of(machine));
    }
}

package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.WaveKind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans of small literal worlds; machines are healthy for ten seconds before they count. */
class PlannerTest {
    static final Foresight HALF_A_MINUTE = new Foresight(Duration.ofSeconds(20), Foresight.NO_LIMIT);

    private static final MachineStanding WORK =
            MachineStanding.of(MachinePhase.WAITING, Rule.FAULT_DOMAIN, "fd1 is under a repave");

    /** Others work in fd1 until then. */
    private static Foresight repave(@Nullable Instant until) {
        return new Foresight(
                HALF_A_MINUTE.change(),
                Foresight.NO_LIMIT,
                Askings.NONE,
                Outlook.NONE,
                List.of(new Disruption("fd1", until, WORK)));
    }

    private static Plan plan(World world) {
        return Planner.plan(Planner.resumed(world.view(), NOW), HALF_A_MINUTE, NOW);
    }

    static MachineView in(String faultDomain, String name) {
        return machine(name, faultDomain, null);
    }

    @Test
    void canariesGoAheadAndThenFaultDomainByFaultDomainInBatches() {
        Plan plan = plan(World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"), in("fd2", "m4"), in("fd2", "m5"))
                .limits("2", "0", 1)
                .canaries("1"));
        assertThat(plan.waves())
                .extracting(Plan.Wave::kind, Plan.Wave::faultDomain, Plan.Wave::machines, Plan.Wave::batches)
                .containsExactly(
                        tuple(WaveKind.CANARIES, "fd1", List.of("m1"), 1),
                        tuple(WaveKind.FAULT_DOMAIN, "fd1", List.of("m2"), 1),
                        tuple(WaveKind.FAULT_DOMAIN, "fd2", List.of("m3", "m4", "m5"), 2));
        assertThat(plan.endsAt()).isEqualTo(NOW.plusSeconds(4 * 30));
        assertThat(plan.passedBy()).isEmpty();
    }

    @Test
    void whatIsDeniedIsPassedByAndWhatIsDeferredHasAWaveOfItsOwnWhenItsPolicyEnds() {
        Plan plan = plan(World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"))
                .policy("m1", Effect.DENY, "on-show", null)
                .policy("m2", Effect.DEFER, "freeze", NOW.plusSeconds(100)));
        assertThat(plan.passedBy().sequencedKeySet()).containsExactly("m1");
        assertThat(plan.passedBy().get("m1")).extracting("rule").isEqualTo("on-show");
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines, Plan.Wave::begins)
                .containsExactly(
                        tuple(List.of("m2"), NOW.plusSeconds(100)), tuple(List.of("m3"), NOW.plusSeconds(130)));
        assertThat(plan.waves().getFirst().waits().get("m2"))
                .extracting("rule", "until")
                .containsExactly("freeze", NOW.plusSeconds(100));
    }

    @Test
    void whoHasTheVersionAndOnlyProvesItselfIsNotToBeChanged() {
        Plan plan = plan(World.of(with(done("m1"), held(order("m1", 1, OrderState.DONE, 0))), in("fd1", "m2")));
        assertThat(plan).extracting(Plan::done, Plan::proving, Plan::planned).containsExactly(0, 1, 1);
        assertThat(plan.waves().getFirst())
                .extracting(Plan.Wave::machines, Plan.Wave::proving)
                .containsExactly(List.of("m1", "m2"), 1);
    }

    @Test
    void aPolicyWithoutAnEndIsWaitedForUntilTheProgressDeadline() {
        Plan plan = plan(World.of(in("fd1", "m1"), in("fd2", "m2"))
                .progressedAt(NOW)
                .policy("m1", Effect.DEFER, "freeze", null));
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines, Plan.Wave::begins)
                .containsExactly(tuple(List.of("m2"), NOW.plus(World.PACE.progressDeadline())));
        assertThat(plan.passedBy().get("m1")).extracting("rule").isEqualTo("freeze");
    }

    @Test
    void aHaltedRolloutIsPlannedAsIfItWereResumed() {
        MachineView failed = with(old("m1"), order("m1", 3, OrderState.FAILED, 3));
        World world = World.of(failed, old("m2")).state(DeploymentState.HALTED).limits("1", "0", 3);
        assertThat(Planner.candidates(Planner.resumed(world.view(), NOW), NOW)).containsExactly("m1", "m2");
        assertThat(plan(world).waves()).extracting(Plan.Wave::machines).containsExactly(List.of("m1", "m2"));
    }

    @Test
    void aRolloutThatStaysHaltedHasNoWaves() {
        Plan plan =
                Planner.plan(World.of(old("m1")).state(DeploymentState.HALTED).view(), HALF_A_MINUTE, NOW);
        assertThat(plan.waves()).isEmpty();
        assertThat(plan.passedBy().get("m1")).extracting("rule").isEqualTo("halted");
    }

    @Test
    void anAbortedRolloutHasNoWaves() {
        Plan plan = plan(World.of(old("m1")).state(DeploymentState.ABORTED));
        assertThat(plan.waves()).isEmpty();
        assertThat(plan.passedBy().get("m1")).extracting("rule").isEqualTo("aborted");
    }

    @Test
    void whereTheGroupHasNoPlaceLeftItIsNotKnownHowLongItTakes() {
        Plan plan = Planner.plan(World.of(old("m1")).view(), new Foresight(Duration.ofSeconds(20), 0), NOW);
        assertThat(plan.waves())
                .singleElement()
                .extracting(Plan.Wave::atOnce, Plan.Wave::takes)
                .containsExactly(0, null);
        assertThat(plan.waves().getFirst().waits().get("m1")).extracting("rule").isEqualTo("max-unavailable");
        assertThat(plan.endsAt()).isNull();
    }

    @Test
    void whatFellBackIsMendedOutOfTurn() {
        MachineView back = with(old("m9"), order("m9", 1, OrderState.DONE, 0));
        Plan plan = plan(World.of(in("fd1", "m1"), back));
        assertThat(plan.waves())
                .extracting(Plan.Wave::kind, Plan.Wave::machines)
                .containsExactly(tuple(WaveKind.MENDING, List.of("m9")), tuple(WaveKind.FAULT_DOMAIN, List.of("m1")));
    }

    @Test
    void whoIsDownNeedsNoPlaceOfTheGroupAndLeavesOneWhenItIsMended() {
        Plan plan = Planner.plan(
                World.of(old("m1"), old("m2"), down("m7", "fd2"))
                        .limits("50%", "5%", 3)
                        .usedUp()
                        .view(),
                new Foresight(Duration.ofSeconds(20), 0),
                NOW);
        assertThat(plan.waves()).extracting(Plan.Wave::machines).containsExactly(List.of("m7"), List.of("m1", "m2"));
        assertThat(plan.waves()).extracting(Plan.Wave::atOnce).containsExactly(1, 1);
        assertThat(plan.endsAt()).isEqualTo(NOW.plusSeconds(90));
    }

    @Test
    void othersAreInTurnAgainOnceThereIsRoomForThem() {
        Plan plan = Planner.plan(
                World.of(old("m1"), old("m2"), down("m7", "fd2"), down("m8", "fd3"))
                        .limits("75%", "5%", 3)
                        .usedUp()
                        .view(),
                new Foresight(Duration.ofSeconds(20), 0),
                NOW);
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines)
                .containsExactly(List.of("m7"), List.of("m1", "m2"), List.of("m8"));
    }

    @Test
    void whereMoreAreDownThanTheGroupMayMissTheyAloneAreTaken() {
        Plan plan = Planner.plan(
                World.of(old("m1"), down("m2", "fd1"), down("m7", "fd2"))
                        .limits("100%", "5%", 3)
                        .usedUp()
                        .view(),
                new Foresight(Duration.ofSeconds(20), -1),
                NOW);
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines)
                .containsExactly(List.of("m2"), List.of("m7"), List.of("m1"));
    }

    @Test
    void whoIsDownGoesBesideThoseForWhomThereIsRoom() {
        Plan plan = Planner.plan(
                World.of(old("m1"), old("m2"), down("m3", "fd1"), down("m4", "fd1"))
                        .limits("100%", "5%", 3)
                        .view(),
                new Foresight(Duration.ofSeconds(20), 1),
                NOW);
        assertThat(plan.waves()).extracting(Plan.Wave::atOnce).containsExactly(3);
    }

    private static MachineView down(String name, String faultDomain) {
        return World.machine(name, faultDomain, World.running(name, "1.0", RunState.CRASHED, null));
    }

    @Test
    void placesAreTakenByWhoIsFirst() {
        assertThat(Batches.take(
                                List.of(Duration.ofSeconds(5)),
                                List.of("m1", "m2", "m3"),
                                Duration.ofSeconds(30),
                                2,
                                (machine, begins) -> true)
                        .last())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whereMoreHaveBegunThanThereArePlacesNobodyFollowsBeforeThePlacesAreKept() {
        Duration nine = Duration.ofSeconds(9);
        assertThat(Batches.take(List.of(nine, nine), List.of("m1", "m2"), nine, 1, (machine, begins) -> true)
                        .last())
                .isEqualTo(Duration.ofSeconds(27));
    }

    @Test
    void tenantsAreWaitedForBeforeEachFaultDomainAndAfterIt() {
        Foresight asked = new Foresight(
                Duration.ofSeconds(20),
                Foresight.NO_LIMIT,
                new Askings(
                        Map.of("m1", Duration.ofSeconds(100), "m2", Duration.ofSeconds(200)),
                        Map.of("m1", Duration.ofSeconds(7)),
                        Set.of(),
                        null),
                Outlook.NONE);
        World world = World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"), in("fd3", "m4"))
                .limits("1", "0", 1)
                .canaries("1");
        Plan plan = Planner.plan(world.view(), asked, NOW);
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines, Plan.Wave::asking, Plan.Wave::takes)
                .containsExactly(
                        tuple(List.of("m1"), Duration.ofSeconds(100), Duration.ofSeconds(130)),
                        tuple(List.of("m2"), Duration.ZERO, Duration.ofSeconds(30)),
                        tuple(List.of("m3"), Duration.ofSeconds(7), Duration.ofSeconds(37)),
                        tuple(List.of("m4"), Duration.ZERO, Duration.ofSeconds(30)));
        assertThat(plan.endsAt()).isEqualTo(NOW.plusSeconds(4 * 30 + 107));
        assertThat(plan.asking()).isEqualTo(Duration.ofSeconds(107));
    }

    @Test
    void nobodyKnowsWhenATenantAnswersWhoseTimeIsOver() {
        Foresight silent = new Foresight(
                Duration.ofSeconds(20),
                Foresight.NO_LIMIT,
                new Askings(Map.of(), Map.of(), Set.of("m2"), "fd1"),
                Outlook.NONE);
        Plan plan = Planner.plan(
                World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3")).view(), silent, NOW);
        assertThat(plan.waves()).extracting(Plan.Wave::takes).first().isNull();
        assertThat(plan.waves().getLast().begins()).isNull();
        assertThat(plan.endsAt()).isNull();
    }

    @Test
    void workOfOthersInAnotherFaultDomainIsWaitedForUntilItsLeaseEnds() {
        Plan plan = Planner.plan(
                World.of(in("fd1", "m1"), in("fd2", "m2"), in("fd3", "m3")).view(), repave(NOW.plusSeconds(600)), NOW);
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines, Plan.Wave::begins)
                .containsExactly(
                        tuple(List.of("m1"), NOW),
                        tuple(List.of("m2"), NOW.plusSeconds(600)),
                        tuple(List.of("m3"), NOW.plusSeconds(630)));
        assertThat(plan.waves().get(1).waits()).containsEntry("m2", WORK);
        assertThat(plan.waves().getLast().waits()).isEmpty();
    }

    @Test
    void workOfOthersWhoseEndNobodyKnowsIsNamedAndNotCounted() {
        Plan plan = Planner.plan(World.of(in("fd2", "m2")).view(), repave(null), NOW);
        assertThat(plan.waves().getFirst().begins()).isEqualTo(NOW);
        assertThat(plan.waves().getFirst().waits()).containsEntry("m2", WORK);
    }
}

package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.empty;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.lost;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.ordered;
import static dev.flotilla.orchestrator.decision.World.running;
import static dev.flotilla.orchestrator.decision.World.standing;
import static dev.flotilla.orchestrator.decision.World.superseded;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import org.junit.jupiter.api.Test;

class RolloutDeciderTest {
    @Test
    void takesMachinesByFaultDomainThenByNameAsAPersonSorts() {
        Decision decision = World.of(
                        machine("m10", "fd1", null),
                        machine("m3", "fd2", null),
                        machine("m2", "fd1", null),
                        machine("m1", "fd10", null))
                .limits("3", "5%", 3)
                .decide();
        assertThat(ordered(decision)).containsExactly("m2", "m10");
        assertThat(standing(decision, "m3").rule()).isEqualTo("fault-domain");
        assertThat(standing(decision, "m3").reason())
                .isEqualTo("fault domain fd1 comes first, where 2 machines are not done: m2, m10");
    }

    @Test
    void saysWhoIsBeingChangedWhereTheLimitIsReached() {
        Decision decision =
                World.of(old("m1"), old("m2"), old("m3")).limits("2", "5%", 3).decide();
        assertThat(ordered(decision)).containsExactly("m1", "m2");
        assertThat(standing(decision, "m3").rule()).isEqualTo("max-unavailable");
        assertThat(standing(decision, "m3").reason())
                .contains("at most 2 machines of prod~web", "m1 is ordered now", "m2 is ordered now");
    }

    @Test
    void saysOfEachPlaceInTheLimitWhatItIsTakenFor() {
        World world =
                World.of(old("m1"), down("m2"), old("m3")).limits("2", "5%", 3).tenantWaits("m1", "acme");
        assertThat(standing(world.decide(), "m3").reason())
                .contains("2 take the places", "m1 is next, and waits for tenant acme", "m2 is down");
    }

    /** What ran before crashed, and its agent does not bring it up. */
    private static MachineView down(String name) {
        return World.machine(name, "fd2", World.running(name, "1.0", RunState.CRASHED, null));
    }

    @Test
    void givesNoRepairBackOnAnOlderWordOfTheRegistryThanTheBookHas() {
        MachineView behind = World.machine(
                "m1",
                "fd1",
                World.running("m1", "1.0", RunState.CRASHED, World.progress("m1", 1, OrderPhase.FETCHING)));
        Decision decision =
                World.of(with(behind, held(order("m1", 1, OrderState.DONE, 0)))).decide();
        assertThat(decision.closed()).isEmpty();
        assertThat(decision.standings().get("m1"))
                .extracting(MachineStanding::rule)
                .isEqualTo("registry");
    }

    @Test
    void takesAShareRoundedUpAndAtLeastOne() {
        assertThat(ordered(World.of(old("a"), old("b"), old("c"), old("d"), old("e"), old("f"))
                        .decide()))
                .hasSize(2);
        assertThat(ordered(World.of(old("a"), old("b")).limits("1%", "5%", 3).decide()))
                .containsExactly("a");
    }

    @Test
    void countsOpenOrdersAndBrokenMachinesAgainstTheLimit() {
        MachineView crashed = machine("m2", "fd1", running("m2", "1.0", RunState.CRASHED, null));
        Decision decision = World.of(
                        with(old("m1"), order("m1", 1, OrderState.ACCEPTED, 0)), lost(old("m3")), old("m4"), crashed)
                .limits("2", "5%", 3)
                .decide();
        assertThat(ordered(decision))
                .as("a broken one may be taken: it makes not one more unavailable")
                .containsExactly("m2");
        assertThat(standing(decision, "m4").rule()).isEqualTo("max-unavailable");
        assertThat(standing(decision, "m3").reason()).contains("not heard of since", "then it ran 1.0");
        assertThat(standing(decision, "m1").phase()).isEqualTo(MachinePhase.FETCHING);
    }

    @Test
    void leavesDeniedAndDeferredMachinesAlone() {
        Decision decision = World.of(old("m1"), old("m2"), old("m3"), old("m4"))
                .limits("100%", "5%", 3)
                .policy("m1", Effect.DENY, "opt-out", null)
                .policy("m2", Effect.DEFER, "freeze", NOW.plusSeconds(60))
                .notAsked("m3")
                .decide();
        assertThat(ordered(decision)).containsExactly("m4");
        assertThat(standing(decision, "m1"))
                .isEqualTo(
                        new MachineStanding(MachinePhase.EXCUSED, "opt-out says so", "opt-out", null, Origin.POLICY));
        assertThat(standing(decision, "m2").until()).isEqualTo(NOW.plusSeconds(60));
        assertThat(standing(decision, "m3").rule()).isEqualTo("policy");
        assertThat(decision.counts()).isEqualTo(new Counts(3, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void ordersNothingWhileSomethingCannotBeObserved() {
        World world = World.of(old("m1"), done("m2")).obstacle(Rule.TOPOLOGY, "device-manager can't be reached");
        assertThat(RolloutDecider.candidates(world.view(), NOW)).isEmpty();
        Decision decision = world.decide();
        assertThat(decision.actions()).isEmpty();
        assertThat(decision.reason()).isEqualTo("device-manager can't be reached");
        assertThat(standing(decision, "m1").rule()).isEqualTo("topology");
    }

    @Test
    void isNotCompleteOnTheWordOfAnUnreachableRegistry() {
        World world = World.of(done("m1")).registrySince(null).obstacle(Rule.REGISTRY, "not followed");
        assertThat(world.decide().state()).isEqualTo(DeploymentState.ROLLING_OUT);
    }

    @Test
    void isCompleteWhenEachRunsOrIsExcusedOrHasFailedWithinTheThreshold() {
        Decision decision = World.of(
                        done("m1"),
                        old("m2"),
                        superseded("m3", "d8"),
                        with(old("m4"), order("m4", 3, OrderState.FAILED, 3)))
                .limits("1", "1", 3)
                .policy("m2", Effect.DENY, "opt-out", null)
                .decide();
        assertThat(decision.state()).isEqualTo(DeploymentState.COMPLETE);
        assertThat(decision.counts()).isEqualTo(new Counts(0, 0, 0, 1, 1, 1, 1));
    }

    @Test
    void ordersNothingOnMachinesThatANewerDeploymentHas() {
        Decision decision =
                World.of(superseded("m1", "d8"), superseded("m2", "d9")).decide();
        assertThat(decision.actions()).isEmpty();
        assertThat(decision.state()).as("others may still join it").isEqualTo(DeploymentState.COMPLETE);
        assertThat(decision.over()).isFalse();
        Decision replaced = World.of(superseded("m1", "d8")).replacedBy("d8").decide();
        assertThat(replaced.state()).isEqualTo(DeploymentState.SUPERSEDED);
        assertThat(replaced.over()).isTrue();
    }

    @Test
    void waitsForMachinesThatNeverReportedWithoutHoldingTheOthers() {
        MachineView never = new MachineView("m1", "fd1", null, null, null, null);
        Decision decision = World.of(never, old("m2")).limits("1", "5%", 3).decide();
        assertThat(ordered(decision)).containsExactly("m2");
        assertThat(standing(decision, "m1").rule()).isEqualTo("never-reported");
    }

    @Test
    void aWholeGroupWithoutMachinesIsComplete() {
        assertThat(World.of().decide().state()).isEqualTo(DeploymentState.COMPLETE);
    }

    @Test
    void anEmptyMachineIsOrdered() {
        assertThat(ordered(World.of(empty("m1")).decide())).containsExactly("m1");
    }
}

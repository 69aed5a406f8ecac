package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.empty;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.lost;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.progress;
import static dev.flotilla.orchestrator.decision.World.running;
import static dev.flotilla.orchestrator.decision.World.superseded;
import static dev.flotilla.orchestrator.decision.World.with;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import java.util.List;
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
    void countsAFailedOrderAndTriesAgainAfterABackoff() {
        MachineView failed = with(
                machine("m1", "fd1", running("m1", "1.0", RunState.RUNNING, progress("m1", 1, OrderPhase.FAILED))),
                order("m1", 1, OrderState.ACCEPTED, 0));
        Decision decision = World.of(failed).decide();
        Action.Fail fail = (Action.Fail) decision.actions().getFirst();
        assertThat(fail.failures()).isEqualTo(1);
        assertThat(fail.retryAt()).isBetween(NOW.plusSeconds(4), NOW.plusSeconds(6));
        assertThat(standing(decision, "m1").reason()).isEqualTo("attempt 1 of 3 failed: exit code 3");
        assertThat(decision.nextLook()).isEqualTo(fail.retryAt());

        MachineView due = with(failed, order("m1", 1, OrderState.FAILED, 1));
        assertThat(World.of(due).decide().orders().getFirst().order().attempt()).isEqualTo(2);
    }

    @Test
    void keepsTheOthersWaitingWhileAFailedMachineIsTriedAgain() {
        MachineView failed =
                with(old("m1"), order("m1", 1, OrderState.FAILED, 1, NOW.minusSeconds(10), NOW.plusSeconds(5)));
        assertThat(ordered(World.of(failed, old("m2")).limits("1", "5%", 3).decide()))
                .isEmpty();
        assertThat(ordered(World.of(with(old("m1"), order("m1", 1, OrderState.FAILED, 1)), old("m2"))
                        .limits("1", "5%", 3)
                        .decide()))
                .containsExactly("m1");
        assertThat(ordered(World.of(with(old("m1"), order("m1", 1, OrderState.FAILED, 1)), old("m2"))
                        .limits("1", "5%", 3)
                        .policy("m1", Effect.DENY, "opt-out", null)
                        .decide()))
                .as("a denied one keeps nobody waiting")
                .containsExactly("m2");
    }

    @Test
    void isNotHaltedForAMachineWhoseNextAttemptWaitedForAFreezeToEnd() {
        OrderRecord failed = held(order("m1", 1, OrderState.FAILED, 1, NOW.minusSeconds(7200), NOW.minusSeconds(7000)));
        World world = World.of(with(old("m1"), failed), old("m2")).progressedAt(NOW.minusSeconds(7100));
        Decision decision = world.limits("1", "5%", 3).decide();
        assertThat(decision.state()).isEqualTo(DeploymentState.ROLLING_OUT);
        assertThat(ordered(decision)).containsExactly("m1");
        assertThat(decision.progressed()).as("the deadline begins anew").isTrue();

        OrderRecord waiting = held(order("m1", 1, OrderState.FAILED, 1, NOW.minusSeconds(7200), NOW.plusSeconds(5)));
        Decision late = World.of(with(old("m1"), waiting), old("m2"))
                .progressedAt(NOW.minusSeconds(7100))
                .limits("1", "5%", 3)
                .decide();
        assertThat(late.state()).isEqualTo(DeploymentState.HALTED);
    }

    @Test
    void setsAMachineAsideAfterTheLastAttempt() {
        Decision decision = World.of(with(old("m1"), order("m1", 3, OrderState.FAILED, 3)), done("m2"))
                .limits("1", "1", 3)
                .decide();
        assertThat(decision.actions()).isEmpty();
        assertThat(standing(decision, "m1").phase()).isEqualTo(MachinePhase.FAILED);
        assertThat(standing(decision, "m1").reason()).isEqualTo("failed 3 times, last: exit code 3");
        Decision once = World.of(with(old("m1"), order("m1", 1, OrderState.FAILED, 1)), done("m2"))
                .limits("1", "1", 1)
                .decide();
        assertThat(standing(once, "m1").reason()).isEqualTo("failed once: exit code 3");
    }

    @Test
    void haltsWhenMoreMachinesOfTheDeploymentFailedThanAllowed() {
        MachineView failed = with(old("m1"), order("m1", 3, OrderState.FAILED, 3));
        assertThat(World.of(failed, old("m2")).elsewhere(98, 4).decide().state())
                .isEqualTo(DeploymentState.ROLLING_OUT);
        Decision decision = World.of(failed, old("m2")).elsewhere(98, 5).decide();
        assertThat(decision.state()).isEqualTo(DeploymentState.HALTED);
        assertThat(decision.actions()).hasSize(1).first().isInstanceOf(Action.Halt.class);
        assertThat(decision.reason()).contains("6 of 100 machines failed", "exit code 3");
    }

    @Test
    void isNotHaltedForWhatWasBrokenBefore() {
        MachineView broken = machine("m1", "fd1", running("m1", "2.0", RunState.CRASHED, null, 9));
        Decision back = World.of(broken, old("m2")).limits("50%", "0", 3).decide();
        assertThat(standing(back, "m1").phase()).isEqualTo(MachinePhase.FAILED);
        assertThat(back.state()).isEqualTo(DeploymentState.ROLLING_OUT);
    }

    @Test
    void ordersNothingForAHaltedDeployment() {
        World world = World.of(old("m1"), with(old("m2"), order("m2", 1, OrderState.PENDING, 0)))
                .state(DeploymentState.HALTED);
        assertThat(RolloutDecider.candidates(world.view(), NOW)).isEmpty();
        Decision decision = world.decide();
        assertThat(decision.actions()).isEmpty();
        assertThat(standing(decision, "m1").rule()).isEqualTo("halted");
    }

    @Test
    void sendsAnUnansweredOrderAgainUnderTheSameId() {
        Decision decision =
                World.of(with(old("m1"), order("m1", 2, OrderState.PENDING, 1))).decide();
        OrderRecord again = decision.orders().getFirst().order();
        assertThat(again.orderId()).isEqualTo(OrderIds.of(World.ROLLOUT, "m1", 2));
        assertThat(again.sends()).isEqualTo(2);
        assertThat(again.deadline()).as("it does not get longer for it").isEqualTo(NOW.plusSeconds(110));
    }

    @Test
    void asksOnceForAMachineWhoseRepairItHoldsAndThatIsToBeOrderedAgain() {
        MachineView unsent = with(old("m1"), held(order("m1", 1, OrderState.PENDING, 0)));
        MachineView failed = with(old("m2"), held(order("m2", 1, OrderState.FAILED, 1)));
        Decision decision = World.of(unsent, failed)
                .limits("2", "0", 3)
                .notClaimed("m1")
                .notClaimed("m2")
                .decide();
        assertThat(decision.wishes()).containsExactly(new Wish("m1", false), new Wish("m2", false));
    }

    @Test
    void countsASilentOrderAsFailedInTheEnd() {
        OrderRecord silent = order("m1", 1, OrderState.ACCEPTED, 0, NOW.minusSeconds(130), NOW.minusSeconds(129));
        assertThat(World.of(with(old("m1"), silent)).decide().actions()).first().isInstanceOf(Action.Fail.class);
        assertThat(World.of(with(old("m1"), silent))
                        .registrySince(NOW.minusSeconds(10))
                        .decide()
                        .actions())
                .as("but not when it was we who did not listen")
                .isEmpty();
    }

    @Test
    void suspendsTheOrderOfALostMachineAndSendsItAgainWhenItIsBack() {
        MachineView gone = lost(with(old("m1"), order("m1", 1, OrderState.ACCEPTED, 0, NOW.minusSeconds(500), NOW)));
        assertThat(World.of(gone).decide().actions())
                .containsExactly(new Action.Suspend("m1", OrderIds.of(World.ROLLOUT, "m1", 1)));
        MachineView back = with(old("m1"), order("m1", 1, OrderState.SUSPENDED, 0, NOW.minusSeconds(500), NOW));
        OrderRecord again = World.of(back).decide().orders().getFirst().order();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.deadline()).isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void settlesAnOrderWhenTheMachineRunsTheVersion() {
        MachineView machine = with(
                machine("m1", "fd1", running("m1", "2.0", RunState.RUNNING, progress("m1", 2, OrderPhase.DONE))),
                order("m1", 2, OrderState.ACCEPTED, 1));
        Decision decision = World.of(machine).decide();
        assertThat(decision.actions()).containsExactly(new Action.Settle("m1", OrderIds.of(World.ROLLOUT, "m1", 2)));
        assertThat(decision.state()).isEqualTo(DeploymentState.COMPLETE);
    }

    @Test
    void isNotContentWithOtherBytesUnderTheSameName() {
        var other = new RunningService("m1", "hello", "2.0", RunState.RUNNING, "c".repeat(64), 0, null, null, NOW);
        assertThat(ordered(World.of(machine("m1", "fd1", other)).decide())).containsExactly("m1");
    }

    @Test
    void givesAFreshOrderWhereTheBytesCameAfterTheOrderHadLapsed() {
        World world = World.of(fetched("m1", OrderState.ACCEPTED), old("m2")).limits("1", "5%", 3);
        assertThat(RolloutDecider.candidates(world.view(), NOW))
                .as("the policy engine is asked again")
                .contains("m1");
        Decision decision = world.decide();
        assertThat(ordered(decision)).as("it has kept its place").containsExactly("m1");
        OrderRecord fresh = decision.orders().getFirst().order();
        assertThat(fresh.orderId()).isEqualTo(OrderIds.of(World.ROLLOUT, "m1", 2));
        assertThat(fresh.failures()).as("nothing has failed").isZero();

        assertThat(ordered(World.of(fetched("m1", OrderState.SUSPENDED)).decide()))
                .as("also where it was lost meanwhile")
                .containsExactly("m1");
    }

    @Test
    void givesNoFreshOrderAgainstItsRules() {
        World world = World.of(fetched("m1", OrderState.ACCEPTED), old("m2")).limits("1", "5%", 3);
        Decision denied = world.policy("m1", Effect.DENY, "opt-out", null).decide();
        assertThat(ordered(denied)).as("a denied one keeps nobody waiting").containsExactly("m2");
        assertThat(standing(denied, "m1").phase()).isEqualTo(MachinePhase.EXCUSED);
        assertThat(standing(denied, "m1").reason())
                .isEqualTo("2.0 is fetched and waits to be switched to: opt-out says so");

        Decision halted = world.state(DeploymentState.HALTED).decide();
        assertThat(halted.actions()).isEmpty();
        assertThat(standing(halted, "m1").reason()).contains("2.0 is fetched", "is halted: too many failed");

        MachineView taken = fetched("m1", OrderState.ACCEPTED);
        MachineView superseded = new MachineView("m1", "fd1", "d8", null, taken.sight(), taken.order());
        assertThat(World.of(superseded).decide().orders()).isEmpty();

        OrderRecord young = order("m1", 1, OrderState.ACCEPTED, 0, NOW.minusSeconds(1), NOW);
        Decision tooSoon =
                World.of(with(taken, young), old("m2")).limits("1", "5%", 3).decide();
        assertThat(tooSoon.orders()).as("a wrong clock brings no flood").isEmpty();
        assertThat(standing(tooSoon, "m1").rule()).isEqualTo("fetched");
        assertThat(tooSoon.nextLook()).isEqualTo(NOW.plusSeconds(4));
    }

    private static MachineView fetched(String name, OrderState state) {
        return with(
                machine(name, "fd1", running(name, "1.0", RunState.RUNNING, progress(name, 1, OrderPhase.FETCHED))),
                order(name, 1, state, 0));
    }

    @Test
    void waitsWhileTheOrderIsProvingItself() {
        MachineView machine = with(
                machine("m1", "fd1", running("m1", "2.0", RunState.STARTING, progress("m1", 1, OrderPhase.SWITCHING))),
                order("m1", 1, OrderState.ACCEPTED, 0));
        Decision decision = World.of(machine).decide();
        assertThat(decision.actions()).isEmpty();
        assertThat(standing(decision, "m1").phase()).isEqualTo(MachinePhase.SWITCHING);
    }

    @Test
    void leavesRestartsToTheAgentButCountsACrashLoopAsFailed() {
        MachineView once = machine("m1", "fd1", running("m1", "2.0", RunState.CRASHED, null, 1));
        assertThat(World.of(once).decide().actions()).isEmpty();
        assertThat(standing(World.of(once).decide(), "m1").rule()).isEqualTo("restarting");
        MachineView loop = machine("m1", "fd1", running("m1", "2.0", RunState.CRASHED, null, 3));
        World changed = World.of(with(loop, order("m1", 1, OrderState.DONE, 0)));
        assertThat(changed.decide().state()).isEqualTo(DeploymentState.HALTED);
    }

    @Test
    void bringsAMachineForwardAgainThatFellBack() {
        MachineView fallen = with(old("m1"), order("m1", 1, OrderState.DONE, 0));
        Decision decision =
                World.of(fallen, done("m2")).state(DeploymentState.COMPLETE).decide();
        assertThat(decision.orders().getFirst().order().attempt()).isEqualTo(2);
        assertThat(decision.state()).isEqualTo(DeploymentState.COMPLETE);

        MachineView justNow = with(old("m1"), order("m1", 1, OrderState.DONE, 0, NOW.minusSeconds(1), NOW));
        assertThat(standing(World.of(justNow).state(DeploymentState.COMPLETE).decide(), "m1")
                        .rule())
                .isEqualTo("mending-pace");
    }

    @Test
    void keepsMendingACompleteRolloutAndNeverHaltsIt() {
        MachineView failing =
                with(old("m1"), order("m1", 5, OrderState.FAILED, 5, NOW.minusSeconds(10), NOW.plusSeconds(9)));
        Decision waiting = World.of(failing)
                .limits("1", "0", 3)
                .state(DeploymentState.COMPLETE)
                .decide();
        assertThat(waiting.state()).isEqualTo(DeploymentState.COMPLETE);
        assertThat(standing(waiting, "m1").phase()).isEqualTo(MachinePhase.FAILED);
        assertThat(standing(waiting, "m1").until()).isEqualTo(NOW.plusSeconds(9));
        MachineView due = with(old("m1"), order("m1", 5, OrderState.FAILED, 5));
        assertThat(ordered(World.of(due)
                        .limits("1", "0", 3)
                        .state(DeploymentState.COMPLETE)
                        .decide()))
                .containsExactly("m1");
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

    private static List<String> ordered(Decision decision) {
        return decision.orders().stream().map(Action.Send::machine).toList();
    }

    private static MachineStanding standing(Decision decision, String machine) {
        return requireNonNull(decision.standings().get(machine));
    }
}

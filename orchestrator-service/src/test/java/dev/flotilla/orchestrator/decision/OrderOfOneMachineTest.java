package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.lost;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.ordered;
import static dev.flotilla.orchestrator.decision.World.progress;
import static dev.flotilla.orchestrator.decision.World.running;
import static dev.flotilla.orchestrator.decision.World.standing;
import static dev.flotilla.orchestrator.decision.World.superseded;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import org.junit.jupiter.api.Test;

/** The way of an order from when it is given until it is settled. */
class OrderOfOneMachineTest {
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
}

package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.ordered;
import static dev.flotilla.orchestrator.decision.World.progress;
import static dev.flotilla.orchestrator.decision.World.running;
import static dev.flotilla.orchestrator.decision.World.standing;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import org.junit.jupiter.api.Test;

/** What follows when attempts fail: another, a machine set aside, a halt. */
class FailedAttemptsTest {
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
    void leavesRestartsToTheAgentButCountsACrashLoopAsFailed() {
        MachineView once = machine("m1", "fd1", running("m1", "2.0", RunState.CRASHED, null, 1));
        assertThat(World.of(once).decide().actions()).isEmpty();
        assertThat(standing(World.of(once).decide(), "m1").rule()).isEqualTo("restarting");
        MachineView loop = machine("m1", "fd1", running("m1", "2.0", RunState.CRASHED, null, 3));
        World changed = World.of(with(loop, order("m1", 1, OrderState.DONE, 0)));
        assertThat(changed.decide().state()).isEqualTo(DeploymentState.HALTED);
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
    void whereItIsMendedTheMachineThatHasItsRepairComesBeforeThoseThatAreRefusedBecauseOfIt() {
        MachineView failed = with(old("m1"), held(order("m1", 2, OrderState.FAILED, 1)));
        MachineView fetched = with(
                machine("m2", "fd1", running("m2", "1.0", RunState.RUNNING, progress("m2", 1, OrderPhase.FETCHED))),
                order("m2", 1, OrderState.ACCEPTED, 0));
        assertThat(ordered(World.of(failed, fetched)
                        .refused("m2", "max-unavailable", false)
                        .limits("1", "0", 3)
                        .state(DeploymentState.COMPLETE)
                        .decide()))
                .containsExactly("m1");
    }
}

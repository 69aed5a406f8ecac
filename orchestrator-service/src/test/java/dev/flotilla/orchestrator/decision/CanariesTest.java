package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.ordered;
import static dev.flotilla.orchestrator.decision.World.progress;
import static dev.flotilla.orchestrator.decision.World.running;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CanariesTest {
    private static final MachineView PROVEN = with(done("m1"), order("m1", 1, OrderState.DONE, 0));

    @Test
    void onceTheCanaryHasProvedItselfNobodyElseBecomesOne() {
        MachineView changing = with(old("m2"), held(order("m2", 1, OrderState.ACCEPTED, 0)));
        Decision decision = World.of(PROVEN, changing, old("m3"), old("m4"))
                .limits("2", "0", 3)
                .canaries("1")
                .decide();
        assertThat(decision.orders()).extracting(Action.Send::machine).containsExactly("m3");
        assertThat(Objects.requireNonNull(decision.standings().get("m4")).rule())
                .isEqualTo(Rule.MAX_UNAVAILABLE.id());
    }

    @Test
    void aMachineThatIsBroughtBackIsNoCanary() {
        OrderRecord mending = World.mending(held(order("m1", 1, OrderState.ACCEPTED, 0)));
        World world = World.of(with(old("m1"), mending), old("m2"), old("m3")).limits("3", "100%", 3);
        assertThat(ordered(world.canaries("1").decide())).containsExactly("m2");
    }

    @Test
    void aMachineThatFailsAfterTheCanaryIsJudgedByTheThreshold() {
        MachineView failed = with(old("m2"), held(order("m2", 1, OrderState.FAILED, 3)));
        World world = World.of(PROVEN, failed, old("m3")).limits("2", "100%", 3);
        assertThat(world.canaries("1").decide().state()).isEqualTo(DeploymentState.ROLLING_OUT);
        assertThat(world.canaries("2").decide().state()).isEqualTo(DeploymentState.HALTED);
    }

    @Test
    void whetherAMachineIsBrokenIsSaidWhenWhatRanBeforeIsBack() {
        OrderRecord last = held(order("m1", 1, OrderState.FAILED, 3));
        var failed = progress("m1", 1, OrderPhase.FAILED);
        assertThat(World.of(with(machine("m1", "fd1", running("m1", "1.0", RunState.STARTING, failed)), last))
                        .limits("1", "100%", 3)
                        .decide()
                        .closed())
                .isEmpty();
        assertThat(outcome(RunState.RUNNING, last)).isEqualTo(Action.Outcome.CANCELLED);
        assertThat(outcome(RunState.CRASHED, last)).isEqualTo(Action.Outcome.FAILED);
    }

    private static Action.Outcome outcome(RunState state, OrderRecord last) {
        MachineView machine = machine("m1", "fd1", running("m1", "1.0", state, progress("m1", 1, OrderPhase.FAILED)));
        return World.of(with(machine, last))
                .limits("1", "100%", 3)
                .decide()
                .closed()
                .getFirst()
                .outcome();
    }
}

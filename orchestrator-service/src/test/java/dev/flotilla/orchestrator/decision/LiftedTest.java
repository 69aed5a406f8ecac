package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.Effect;
import org.junit.jupiter.api.Test;

/** An override lets machines of a later fault domain through, where all of the earlier one are deferred. */
class LiftedTest {
    private static MachineView in(String faultDomain, String name) {
        return machine(name, faultDomain, null);
    }

    private static World frozen() {
        return World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"), in("fd2", "m4"), in("fd3", "m5"))
                .policy("m1", Effect.DEFER, "freeze", NOW.plusSeconds(900))
                .policy("m2", Effect.DEFER, "freeze", NOW.plusSeconds(900))
                .overridden("m3")
                .overridden("m5");
    }

    @Test
    void whoIsOverriddenNeedNotWaitForTheFreezeOfOthers() {
        Decision decision = frozen().decide();
        assertThat(decision.orders()).extracting(Action.Send::machine).containsExactly("m3");
        assertThat(decision.standings().get("m4"))
                .extracting("rule", "reason")
                .containsExactly(
                        "fault-domain",
                        "fault domain fd1 comes first, where 2 machines are not done: m1, m2, deferred by 'freeze'");
        assertThat(decision.standings().get("m5"))
                .as("one fault domain at a time")
                .extracting("rule")
                .isEqualTo("fault-domain");
        assertThat(decision.open()).isEqualTo("fd1");
    }

    @Test
    void nobodyIsLetThroughWhileSomethingIsUnderWay() {
        World world = World.of(
                        in("fd1", "m1"),
                        with(in("fd1", "m2"), held(order("m2", 1, OrderState.ACCEPTED, 0))),
                        in("fd2", "m3"))
                .policy("m1", Effect.DEFER, "freeze", null)
                .overridden("m3");
        assertThat(world.decide().orders()).isEmpty();
    }

    @Test
    void nobodyIsLetThroughWhereSomeOfTheEarlierFaultDomainMayBeChanged() {
        World world = World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"))
                .policy("m1", Effect.DEFER, "freeze", null)
                .overridden("m3");
        assertThat(world.decide().orders()).extracting(Action.Send::machine).containsExactly("m2");
    }
}

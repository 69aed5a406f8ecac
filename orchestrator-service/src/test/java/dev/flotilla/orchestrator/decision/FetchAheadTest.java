package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FetchAheadTest {
    @Test
    void theNextFaultDomainFetchesWhileThisOneIsChanged() {
        Decision decision = decide(old("m1", "fd1"), old("m2", "fd2"), old("m3", "fd2"), old("m4", "fd3"));
        assertThat(sent(decision, OrderState.PENDING)).containsExactly("m1");
        assertThat(sent(decision, OrderState.AHEAD)).containsExactly("m2", "m3");
        assertThat(decision.closed()).isEmpty();
        assertThat(decision.wishes()).as("it takes no repair").isEmpty();
        assertThat(decision.standings().get("m2"))
                .extracting(MachineStanding::rule)
                .isEqualTo("fault-domain");
    }

    @Test
    void noMoreFetchAtATimeThanMayBeChanged() {
        MachineView under = ahead("m3", "fd2", OrderPhase.FETCHING);
        Decision decision = World.of(old("m1", "fd1"), old("m2", "fd2"), under, old("m4", "fd2"), old("m5", "fd2"))
                .size(FetchAhead.WORTH_IT)
                .limits("2", "0", 3)
                .decide();
        assertThat(sent(decision, OrderState.AHEAD)).containsExactly("m2");
    }

    @Test
    void whoHasTheBytesIsNotAskedAgainAndItsOrderIsAnotherOne() {
        MachineView fetched = ahead("m2", "fd2", OrderPhase.FETCHED);
        assertThat(sent(decide(old("m1", "fd1"), fetched), OrderState.AHEAD)).isEmpty();
        Decision turn = decide(fetched);
        assertThat(turn.orders()).singleElement().satisfies(send -> {
            assertThat(send.order().state()).isEqualTo(OrderState.PENDING);
            assertThat(send.order().attempt()).isEqualTo(2);
            assertThat(send.orderId())
                    .isNotEqualTo(
                            fetched.ahead() == null ? null : fetched.ahead().orderId());
        });
    }

    @Test
    void fetchingAheadMakesNobodyUnavailableAndHoldsNobodyUp() {
        Decision decision = World.of(
                        ahead("m1", "fd1", OrderPhase.FETCHING),
                        ahead("m2", "fd1", OrderPhase.FETCHING),
                        old("m3", "fd1"))
                .size(FetchAhead.WORTH_IT)
                .limits("1", "0", 3)
                .decide();
        assertThat(sent(decision, OrderState.PENDING)).containsExactly("m1");
    }

    @Test
    void smallVersionsAndThoseThatMustBeLeftAloneAreSpared() {
        MachineView[] machines = {old("m1", "fd1"), old("m2", "fd2")};
        assertThat(sent(World.of(machines).decide(), OrderState.AHEAD)).isEmpty();
        for (Effect effect : List.of(Effect.DEFER, Effect.DENY)) {
            Decision decision = World.of(machines)
                    .size(FetchAhead.WORTH_IT)
                    .policy("m2", effect, "no-touch", null)
                    .decide();
            assertThat(sent(decision, OrderState.AHEAD)).isEmpty();
        }
    }

    private static Decision decide(MachineView... machines) {
        return World.of(machines)
                .size(FetchAhead.WORTH_IT)
                .limits("100%", "0", 3)
                .decide();
    }

    private static List<String> sent(Decision decision, OrderState state) {
        return decision.orders().stream()
                .filter(send -> send.order().state() == state)
                .map(Action.Send::machine)
                .toList();
    }

    private static MachineView old(String name, String faultDomain) {
        return old(name, faultDomain, null);
    }

    private static MachineView old(String name, String faultDomain, @Nullable OrderProgress progress) {
        return machine(name, faultDomain, running(name, "1.0", RunState.RUNNING, progress));
    }

    private static MachineView ahead(String name, String faultDomain, OrderPhase phase) {
        String id = OrderIds.of(World.ROLLOUT, name, 1);
        OrderRecord order = new OrderRecord(
                name, 1, id, OrderState.AHEAD, 0, 1, NOW, NOW.plusSeconds(60), NOW, false, false, null, null);
        MachineView seen = old(name, faultDomain, new OrderProgress(id, "2.0", phase, null));
        return new MachineView(name, faultDomain, null, null, seen.sight(), null, order);
    }
}

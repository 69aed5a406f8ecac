package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.lost;
import static dev.flotilla.orchestrator.decision.World.machine;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.progress;
import static dev.flotilla.orchestrator.decision.World.running;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Action.Close;
import dev.flotilla.orchestrator.decision.Action.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What crashes, pauses and losses leave behind in device-manager must not keep a rollout waiting; nor may it be given back while it is needed. */
class NothingLeftBehindTest {

    @Test
    void givesBackRepairsThatNoBookNames() {
        World world = World.of(old("m1")).refused("m1", "fault-domain", false);
        assertThat(world.view().mayHaveStrays()).isTrue();
        OrderRecord known = held(order("m2", 1, OrderState.DONE, 0));
        RolloutView view = world.view().withHeld(Map.of("m2", "r-m2", "m9", "r9"), List.of(known));
        assertThat(RolloutDecider.decide(view, NOW).closed())
                .containsExactly(new Close("m9", "r9", Outcome.CANCELLED, "it was claimed and never ordered"));
    }

    @Test
    void asksForStraysOnlyWhereOthersAreInTheWay() {
        assertThat(World.of(old("m1")).view().mayHaveStrays()).isFalse();
        assertThat(World.of(old("m1"))
                        .refused("m1", "active-repair", true)
                        .view()
                        .mayHaveStrays())
                .isFalse();
    }

    @Test
    void callsALostMachineNotBroken() {
        MachineView away = lost(with(done("m1"), held(order("m1", 1, OrderState.DONE, 0))));
        assertThat(World.of(away).decide().closed()).extracting(Close::outcome).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void tellsDeviceManagerThatAMachineWhichWasGivenUpRunsAfterAll() {
        MachineView back = with(done("m1"), order("m1", 3, OrderState.FAILED, 3));
        assertThat(World.of(back).notClaimed("m1").decide().wishes()).containsExactly(new Wish("m1", true));
        assertThat(World.of(back).decide().closed())
                .extracting(Close::repair, Close::outcome)
                .containsExactly(tuple("r-m1", Outcome.DONE));
    }

    @Test
    void writesDownThatACrashLoopWasGivenUp() {
        MachineView loop = with(
                machine("m1", "fd1", running("m1", "2.0", RunState.CRASHED, null, 3)),
                held(order("m1", 1, OrderState.DONE, 0)));
        Decision decision = World.of(loop).decide();
        assertThat(decision.actions()).anyMatch(Action.Fail.class::isInstance);
        assertThat(decision.closed()).extracting(Close::outcome).containsExactly(Outcome.FAILED);
    }

    @Test
    void forgetsNoProofWhileTheRegistryIsNotKnown() {
        MachineView proving = new MachineView("m1", "fd1", null, null, null, held(order("m1", 1, OrderState.DONE, 0)));
        Decision decision =
                World.of(proving).notClaimed("m1").registrySince(null).decide();
        assertThat(decision.closed()).isEmpty();
        assertThat(decision.wishes()).extracting(Wish::machine).containsExactly("m1");
    }

    @Test
    void keepsTheRepairOfAnOrderThatMayStillBeTaken() {
        OrderRecord justSent = held(order("m1", 1, OrderState.PENDING, 0, NOW.minusSeconds(121), NOW.minusSeconds(5)));
        Decision waits = World.of(with(old("m1"), justSent)).decide();
        assertThat(waits.actions()).isEmpty();

        OrderRecord silent = held(order("m1", 1, OrderState.PENDING, 0, NOW.minusSeconds(160), NOW.minusSeconds(31)));
        assertThat(World.of(with(old("m1"), silent)).decide().actions()).anyMatch(Action.Fail.class::isInstance);
    }

    @Test
    void keepsTheRepairOfAMachineThatMovedAwayInTheMidstOfIt() {
        OrderRecord sent = held(order("m1", 1, OrderState.ACCEPTED, 0));
        MachineView moved =
                new MachineView("m1", "fd1", null, "it has moved", old("m1").sight(), sent);
        assertThat(World.of(moved).decide().closed()).isEmpty();
        MachineView retired =
                new MachineView("m1", "", null, "it is retired", old("m1").sight(), sent);
        assertThat(World.of(retired).decide().closed()).hasSize(1);
    }

    @Test
    void doesNotTakeWhatItHeardBeforeAnOrderForItsEnd() {
        OrderRecord young = held(order("m1", 2, OrderState.PENDING, 0, NOW.plusSeconds(1), NOW.plusSeconds(2)));
        Decision decision = World.of(with(done("m1"), young)).decide();
        assertThat(decision.closed()).isEmpty();
        assertThat(decision.actions()).noneMatch(Action.Settle.class::isInstance);
    }

    @Test
    void staysAbortedThoughAllItsMachinesAreAnothers() {
        Decision decision = World.of(World.superseded("m1", "d8"))
                .state(DeploymentState.ABORTED)
                .decide();
        assertThat(decision.state()).isEqualTo(DeploymentState.ABORTED);
    }

    @Test
    void finishesFirstWhereItHoldsARepair() {
        MachineView canary = fetched("m1", "fd1", order("m1", 1, OrderState.ACCEPTED, 0));
        MachineView begun = fetched("m2", "fd2", held(order("m2", 1, OrderState.ACCEPTED, 0)));
        Decision decision =
                World.of(canary, begun).limits("2", "0", 3).canaries("1").decide();
        assertThat(decision.orders()).extracting(Action.Send::machine).containsExactly("m2");
    }

    private static MachineView fetched(String name, String faultDomain, OrderRecord order) {
        return with(
                machine(
                        name,
                        faultDomain,
                        running(name, "1.0", RunState.RUNNING, progress(name, 1, OrderPhase.FETCHED))),
                order);
    }

    @Test
    void aProofIsNotForgottenByWhomTheRegistrysNewsReachLater() {
        RunningService old = running("m1", "1.0", RunState.RUNNING, null);
        RunningService before = new RunningService(
                "m1", "hello", old.version(), old.state(), old.sha256(), 0, null, null, NOW.minusSeconds(60));
        MachineView proving = with(machine("m1", "fd1", before), held(order("m1", 1, OrderState.DONE, 0)));

        Decision decision =
                World.of(proving, machine("m2", "fd2", old)).notClaimed("m1").decide();

        assertThat(decision.closed()).isEmpty();
        assertThat(decision.orders()).isEmpty();
        assertThat(decision.standings().get("m1"))
                .extracting(MachineStanding::rule)
                .isEqualTo("registry");
        assertThat(decision.wishes()).extracting(Wish::machine).containsExactly("m1");
    }
}

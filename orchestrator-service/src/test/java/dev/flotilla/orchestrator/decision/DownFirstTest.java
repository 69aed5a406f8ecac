package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.World.NOW;
import static dev.flotilla.orchestrator.decision.World.done;
import static dev.flotilla.orchestrator.decision.World.held;
import static dev.flotilla.orchestrator.decision.World.old;
import static dev.flotilla.orchestrator.decision.World.order;
import static dev.flotilla.orchestrator.decision.World.ordered;
import static dev.flotilla.orchestrator.decision.World.standing;
import static dev.flotilla.orchestrator.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.RunState;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Machines whose service is down may be the reason for a deployment: they must not hold it up by using up its limit. */
class DownFirstTest {
    @Test
    void machinesThatUseUpTheLimitAreChangedBeforeAllOthersOneFaultDomainAtATime() {
        Decision decision = World.of(old("m1"), down("m7", "fd2"), down("m8", "fd3"), down("m9", "fd2"))
                .limits("3", "5%", 3)
                .decide();
        assertThat(ordered(decision)).containsExactly("m7", "m9");
        assertThat(standing(decision, "m1").reason())
                .isEqualTo("fault domain fd2 comes first, where machines that are down use up the limit and are brought"
                        + " to the version before all others: m7, m9");
        assertThat(standing(decision, "m8").reason()).contains("fault domain fd2 comes first");
    }

    @Test
    void theyAreTheCanaries() {
        World world = World.of(old("m1"), down("m7", "fd2"), down("m8", "fd2")).limits("2", "5%", 3);
        assertThat(ordered(world.canaries("1").decide())).containsExactly("m7");
    }

    @Test
    void theOneThatHasBegunIsTheCanaryAndItsFaultDomainIsOpen() {
        OrderRecord fetched = order("m8", 1, OrderState.FAILED, 1);
        World world = World.of(down("m7", "fd2"), with(down("m8", "fd3"), fetched))
                .limits("1", "100%", 3)
                .canaries("1");
        assertThat(ordered(world.usedUp().decide())).containsExactly("m8");
    }

    @Test
    void whatWaitsForItsNextAttemptKeepsNoPlaceFromWhatIsBroughtBackEither() {
        OrderRecord failed = order("m1", 1, OrderState.FAILED, 1);
        OrderRecord done = order("m7", 1, OrderState.DONE, 0);
        World world =
                World.of(with(old("m1"), failed), with(down("m7", "fd2"), done)).limits("1", "100%", 3);
        assertThat(ordered(world.usedUp().decide())).containsExactly("m7");
    }

    @Test
    void whatIsHeldIsMadeUseOfBeforeAnotherIsAskedFor() {
        OrderRecord failed = order("m1", 1, OrderState.FAILED, 1);
        OrderRecord held = held(order("m2", 1, OrderState.FAILED, 1));
        World world = World.of(with(old("m1"), failed), with(old("m2"), held))
                .limits("1", "100%", 3)
                .notClaimed("m1")
                .notClaimed("m2");
        assertThat(world.decide().wishes()).extracting(Wish::machine).containsExactly("m2");
    }

    @Test
    void theyWaitForTheirTurnWhereThereIsRoomForOthers() {
        assertThat(ordered(World.of(old("m1"), old("m2"), down("m7", "fd2"))
                        .limits("2", "5%", 3)
                        .decide()))
                .containsExactly("m1");
    }

    @Test
    void theyComeFirstTooWhereTheLimitIsDeviceManagersOwn() {
        World world = World.of(old("m1"), down("m2", "fd1"), down("m7", "fd2")).limits("50%", "5%", 3);
        assertThat(ordered(world.usedUp().decide())).containsExactly("m2");
    }

    @Test
    void othersAreNotEvenAskedForMeanwhile() {
        World world = World.of(old("m1"), down("m7", "fd2")).limits("50%", "5%", 3);
        world.usedUp().notClaimed("m1").notClaimed("m7");
        assertThat(world.decide().wishes()).extracting(Wish::machine).containsExactly("m7");
    }

    @Test
    void whatWaitsForItsNextAttemptKeepsNoPlaceFromThem() {
        OrderRecord failed = order("m1", 1, OrderState.FAILED, 1);
        World world = World.of(with(old("m1"), failed), down("m7", "fd2")).limits("1", "100%", 3);
        assertThat(ordered(world.canaries("1").usedUp().decide())).containsExactly("m7");
    }

    @Test
    void whatIsBeingChangedIsDoneWithFirst() {
        MachineView changing = with(old("m1"), held(order("m1", 1, OrderState.ACCEPTED, 0)));
        assertThat(ordered(World.of(changing, old("m2"), down("m7", "fd2"))
                        .limits("2", "5%", 3)
                        .decide()))
                .isEmpty();
    }

    @Test
    void oneThatIsFrozenKeepsNoOtherBackThatIsDown() {
        World world = World.of(old("m1"), down("m7", "fd2"), down("m8", "fd3")).limits("2", "5%", 3);
        assertThat(ordered(world.policy("m7", Effect.DEFER, "freeze", NOW.plusSeconds(60))
                        .decide()))
                .containsExactly("m8");
    }

    @Test
    void frozenMachinesOfEarlierFaultDomainsAreStillWaitedForAfterwards() {
        MachineView mended = World.machine(
                "m9", "fd3", Objects.requireNonNull(done("m9").sight()).running());
        World world = World.of(
                        old("m1"),
                        World.machine("m4", "fd2", null),
                        with(mended, World.outOfTurn(order("m9", 1, OrderState.DONE, 0))))
                .limits("1", "5%", 3)
                .policy("m1", Effect.DEFER, "freeze", NOW.plusSeconds(60));
        assertThat(ordered(world.decide())).isEmpty();
    }

    @Test
    void itIsWrittenDownThatTheyWereChangedOutOfTurn() {
        World world = World.of(old("m1"), down("m2", "fd1"), down("m7", "fd2"))
                .limits("2", "5%", 3)
                .policy("m2", Effect.DEFER, "freeze", NOW.plusSeconds(60));
        assertThat(world.decide().orders())
                .extracting(Action.Send::machine, send -> send.order().outOfTurn())
                .containsExactly(tuple("m7", true));
        assertThat(World.of(old("m1"), down("m2", "fd1"))
                        .limits("1", "5%", 3)
                        .decide()
                        .orders())
                .extracting(Action.Send::machine, send -> send.order().outOfTurn())
                .containsExactly(tuple("m2", false));
    }

    @Test
    void theTurnOfTheirFaultDomainHasNotComeByThem() {
        MachineView mended = World.machine(
                "m7", "fd2", Objects.requireNonNull(done("m7").sight()).running());
        World world = World.of(
                        old("m1"),
                        with(mended, World.outOfTurn(order("m7", 1, OrderState.DONE, 0))),
                        World.machine("m8", "fd2", null))
                .policy("m1", Effect.DEFER, "freeze", NOW.plusSeconds(60));
        assertThat(ordered(world.decide())).isEmpty();
        assertThat(standing(world.decide(), "m8").reason()).contains("fault domain fd1 comes first");
    }

    private static MachineView down(String name, String faultDomain) {
        return World.machine(name, faultDomain, World.running(name, "1.0", RunState.CRASHED, null));
    }
}

package dev.flotilla.orchestrator.decision;

import static dev.flotilla.orchestrator.decision.PlannerTest.HALF_A_MINUTE;
import static dev.flotilla.orchestrator.decision.PlannerTest.in;
import static dev.flotilla.orchestrator.decision.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.policy.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans where policies will say something else later. */
class PlannedPoliciesTest {
    private static Plan plan(World world, Map<String, List<Outlook.Change>> changes) {
        Outlook outlook = new Outlook(changes, NOW.plusSeconds(86_400), Set.of());
        Foresight foresight =
                new Foresight(HALF_A_MINUTE.change(), HALF_A_MINUTE.places(), HALF_A_MINUTE.askings(), outlook);
        return Planner.plan(world.view(), foresight, NOW);
    }

    private static Outlook.Change change(int seconds, Effect effect, @Nullable Instant until) {
        Instant at = NOW.plusSeconds(seconds);
        return new Outlook.Change(
                at, effect == Effect.ALLOW ? Permit.ALLOWED : new Permit(effect, "quiet days", "freeze", until));
    }

    private static List<Outlook.Change> frozen(int from, int until) {
        return List.of(change(from, Effect.DEFER, NOW.plusSeconds(until)), change(until, Effect.ALLOW, null));
    }

    @Test
    void aFreezeThatBeginsMeanwhileIsWaitedForByWhoHasNotBegunThen() {
        List<Outlook.Change> freeze = frozen(40, 1000);
        World world = World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd1", "m3"), in("fd2", "m4"))
                .limits("1", "0", 1);
        Plan plan = plan(world, Map.of("m1", freeze, "m2", freeze, "m3", freeze, "m4", freeze));
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines, Plan.Wave::begins)
                .containsExactly(
                        tuple(List.of("m1", "m2"), NOW),
                        tuple(List.of("m3"), NOW.plusSeconds(1000)),
                        tuple(List.of("m4"), NOW.plusSeconds(1030)));
        assertThat(plan.waves().getFirst().takes()).isEqualTo(Duration.ofSeconds(60));
        assertThat(plan.waves().get(1).waits().get("m3"))
                .extracting("rule", "until")
                .containsExactly("freeze", NOW.plusSeconds(1000));
        assertThat(plan.endsAt()).isEqualTo(NOW.plusSeconds(1060));
    }

    @Test
    void aWaveWaitsForItsOwnMachinesAndForThoseBeforeIt() {
        List<Outlook.Change> freeze = List.of(change(100, Effect.ALLOW, null));
        World frozen = World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"));
        List.of("m1", "m2", "m3").forEach(name -> frozen.policy(name, Effect.DEFER, "freeze", NOW.plusSeconds(100)));
        assertThat(plan(frozen, Map.of("m1", freeze, "m2", freeze, "m3", freeze))
                        .waves())
                .extracting(
                        Plan.Wave::machines,
                        wave -> wave.waits().sequencedKeySet().stream().toList())
                .containsExactly(tuple(List.of("m1", "m2"), List.of("m1", "m2")), tuple(List.of("m3"), List.of()));

        World late = World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"))
                .policy("m2", Effect.DEFER, "freeze", NOW.plusSeconds(15));
        assertThat(plan(late, Map.of()).waves())
                .extracting(
                        Plan.Wave::machines,
                        wave -> wave.waits().sequencedKeySet().stream().toList())
                .containsExactly(
                        tuple(List.of("m1"), List.of()),
                        tuple(List.of("m2"), List.of("m2")),
                        tuple(List.of("m3"), List.of()));
    }

    @Test
    void aWindowThatClosesAgainAndAgainIsMadeUseOfEachTimeThatItIsOpen() {
        List<Outlook.Change> nights = List.of(
                change(25, Effect.DEFER, NOW.plusSeconds(100)),
                change(100, Effect.ALLOW, null),
                change(125, Effect.DEFER, NOW.plusSeconds(200)),
                change(200, Effect.ALLOW, null));
        World world = World.of(in("fd1", "m1"), in("fd2", "m2"), in("fd3", "m3"));
        Plan plan = plan(world, Map.of("m1", nights, "m2", nights, "m3", nights));
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines, Plan.Wave::begins)
                .containsExactly(
                        tuple(List.of("m1"), NOW),
                        tuple(List.of("m2"), NOW.plusSeconds(100)),
                        tuple(List.of("m3"), NOW.plusSeconds(200)));
    }

    @Test
    void whatIsOptedOutForAWhileIsPassedByAndChangedAfterwards() {
        World world = World.of(in("fd1", "m1"), in("fd1", "m2"), in("fd2", "m3"), in("fd3", "m4"))
                .policy("m1", Effect.DENY, "on-show", NOW.plusSeconds(45))
                .policy("m2", Effect.DENY, "on-show", NOW.plusSeconds(5000));
        Plan plan = plan(
                world,
                Map.of("m1", List.of(change(45, Effect.ALLOW, null)), "m2", List.of(change(5000, Effect.ALLOW, null))));
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines)
                .containsExactly(List.of("m3"), List.of("m4"), List.of("m1"));
        assertThat(plan.waves().getLast().waits().get("m1"))
                .extracting("rule", "reason", "until")
                .containsExactly("on-show", "on-show says so; it is changed after that", NOW.plusSeconds(45));
        assertThat(plan.passedBy().get("m2"))
                .extracting("rule", "reason", "until")
                .containsExactly("on-show", "on-show says so; it is changed after that", NOW.plusSeconds(5000));
    }

    @Test
    void anOverrideThatEndsLeavesTheRestToItsFreeze() {
        World world = World.of(in("fd1", "m1"), in("fd1", "m2")).limits("1", "0", 1);
        List<Outlook.Change> over = List.of(change(20, Effect.DEFER, null));
        Plan plan = plan(world, Map.of("m1", over, "m2", over));
        assertThat(plan.waves()).extracting(Plan.Wave::machines).containsExactly(List.of("m1"));
        assertThat(plan.passedBy().get("m2")).extracting("rule").isEqualTo("freeze");
    }

    @Test
    void whereATenantTakesUntilAFreezeBeginsItIsWaitedFor() {
        Foresight asked = new Foresight(
                Duration.ofSeconds(20),
                Foresight.NO_LIMIT,
                new Askings(Map.of("m1", Duration.ofSeconds(100)), Map.of(), Set.of(), null),
                new Outlook(Map.of("m1", frozen(60, 300)), NOW.plusSeconds(86_400), Set.of()));
        Plan plan = Planner.plan(World.of(in("fd1", "m1")).view(), asked, NOW);
        assertThat(plan.waves())
                .extracting(Plan.Wave::machines, Plan.Wave::begins)
                .containsExactly(tuple(List.of("m1"), NOW.plusSeconds(300)));
        assertThat(plan.waves().getFirst().waits().get("m1")).extracting("rule").isEqualTo("freeze");
    }
}

package dev.flotilla.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.OrderIds;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.rollout.OrderBook.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest extends StoredRollouts {
    @Test
    void aDeploymentIsHaltedForWhatWentWrongAndNotForThePauseOfAnotherRollout() {
        jdbc.sql("""
                update rollout set state = 'HALTED',
                    reason = case id when 'd2~prod~web' then 'the canary m1 failed for good' else 'paused by olga: lunch' end
                """).update();
        deployments.followRollouts("d2", NOW);
        assertThat(jdbc.sql("select reason from deployment where id = 'd2'")
                        .query(String.class)
                        .single())
                .isEqualTo("the canary m1 failed for good");
    }

    @Test
    void anEpochIsWrittenUnderOnlyOnce() {
        Rollout seenByBoth = find("d2~prod~web");
        Optional<Long> first = ledger.write(seenByBoth, Map.of(), ordering("m1"), Map.of(), NOW);
        assertThat(first).isPresent();
        assertThat(first.orElseThrow()).isGreaterThan(seenByBoth.epoch());
        assertThat(ledger.write(seenByBoth, Map.of(), ordering("m2"), Map.of(), NOW))
                .as("the other was paused and must not act")
                .isEmpty();
        assertThat(orders.of("d2~prod~web")).containsOnlyKeys("m1");
    }

    @Test
    void anOrderIsDoneForTheFirstTimeOnly() {
        String id = OrderIds.of("d2~prod~web", "m1", 1);
        ledger.write(find("d2~prod~web"), Map.of(), ordering("m1"), Map.of(), NOW);
        List<Action> course = List.of(
                new Action.Settle("m1", id),
                new Action.Fail("m1", id, 3, "it crashed, and came up again", NOW),
                new Action.Settle("m1", id));
        Instant at = NOW;
        for (Action action : course) {
            at = at.plusSeconds(5);
            Rollout seen = find("d2~prod~web");
            assertThat(ledger.write(
                            seen, orders.of(seen.id()), decision(DeploymentState.ROLLING_OUT, action), Map.of(), at))
                    .isPresent();
        }
        assertThat(jdbc.sql("select done_at from machine_order where machine = 'm1'")
                        .query((row, number) -> row.getTimestamp(1).toInstant())
                        .single())
                .isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void aDecisionStandsUntilSomeoneElseWritesOrTheRolloutIsHalted() {
        Rollout seen = find("d2~prod~web");
        long epoch = ledger.write(seen, Map.of(), ordering("m1"), Map.of(), NOW).orElseThrow();
        assertThat(fence.stands("d2~prod~web", epoch)).isTrue();
        assertThat(fence.stands("d2~prod~web", epoch - 1)).isFalse();
        assertThat(fence.stands("d9~prod~web", epoch)).isFalse();

        transaction.executeWithoutResult(status -> deployments.halt(find("d2~prod~jobs"), "too many failed"));
        assertThat(fence.stands("d2~prod~web", epoch)).as("its sibling halted").isFalse();
        assertThat(fence.stands("d2~prod~web", find("d2~prod~web").epoch()))
                .as("no order of a halted rollout is sent")
                .isFalse();
    }

    @Test
    void aNewerDeploymentTakesTheStandingOfOlderOnesAway() {
        long epoch = ledger.write(find("d2~prod~web"), Map.of(), ordering("m1"), Map.of(), NOW)
                .orElseThrow();
        intake.take(2, deployment(4), List.of(part(WEB)), NOW);
        assertThat(fence.stands("d2~prod~web", epoch)).isFalse();
    }

    @Test
    void anEndedRolloutIsLookedAtOnceMoreForANewerDeploymentOnlyWhereItHasMachinesLeft() {
        jdbc.sql("update rollout set state = 'ABORTED'").update();
        jdbc.sql("update rollout set waiting = 0, superseded = 2 where id = 'd2~prod~web'")
                .update();
        jdbc.sql("delete from scheduled_tasks").update();
        intake.take(2, deployment(4), List.of(part(WEB), part(JOBS)), NOW);
        assertThat(ticks.over(List.of("d2~prod~web", "d2~prod~jobs"))).containsExactly("d2~prod~web");
    }

    @Test
    void aRolloutIsNotLookedAtForTheLastTimeWhileSomebodyWritesToIt() {
        long seen = find("d2~prod~web").epoch();
        intake.take(2, deployment(4), List.of(part(WEB)), NOW);
        assertThat(ticks.end("d2~prod~web", 1, seen))
                .as("a newer deployment came after the last decision")
                .isFalse();
        long now = find("d2~prod~web").epoch();
        assertThat(ticks.end("d2~prod~web", 2, now))
                .as("another looks at it by now")
                .isFalse();
        assertThat(ticks.over(List.of("d2~prod~web"))).isEmpty();
        assertThat(ticks.end("d2~prod~web", 1, now)).isTrue();
        assertThat(ticks.over(List.of("d2~prod~web"))).containsExactly("d2~prod~web");
    }

    @Test
    void aNewerDeploymentMakesDecisionsOnOlderOnesVoid() {
        Rollout seen = find("d2~prod~web");
        intake.take(2, deployment(4), List.of(part(WEB)), NOW);
        assertThat(ledger.write(seen, Map.of(), ordering("m1"), Map.of(), NOW)).isEmpty();
        assertThat(rollouts.newerThan(seen)).extracting(Claim::deployment).containsExactly("d4");
    }

    @Test
    void aHaltReachesAllRolloutsOfTheDeploymentAndMakesTheirDecisionsVoid() {
        Rollout web = find("d2~prod~web");
        Rollout jobs = find("d2~prod~jobs");
        Decision halt = decision(DeploymentState.HALTED, new Action.Halt("too many"));
        assertThat(ledger.write(web, Map.of(), halt, Map.of(), NOW)).isPresent();
        assertThat(ledger.write(jobs, Map.of(), ordering("j1"), Map.of(), NOW)).isEmpty();
        assertThat(find("d2~prod~jobs").state()).isEqualTo(DeploymentState.HALTED);
        assertThat(find("d2~prod~jobs").reason()).isEqualTo("too many");
        assertThat(state("d2")).isEqualTo("HALTED");

        assertThat(commands.give(Command.RESUME, "d2", null, "ann", "it was the disk", NOW))
                .isEmpty();
        assertThat(commands.give(Command.RESUME, "d2", null, "ann", "once more", NOW))
                .as("the states that there is nothing to resume in")
                .contains(Set.of(DeploymentState.ROLLING_OUT));
        assertThat(state("d2")).isEqualTo("ROLLING_OUT");
    }

    @Test
    void aDeploymentIsCompleteWithItsLastRollout() {
        ledger.write(find("d2~prod~web"), Map.of(), decision(DeploymentState.COMPLETE), Map.of(), NOW);
        assertThat(state("d2")).isEqualTo("ROLLING_OUT");
        ledger.write(find("d2~prod~jobs"), Map.of(), decision(DeploymentState.SUPERSEDED), Map.of(), NOW);
        assertThat(state("d2")).isEqualTo("COMPLETE");
        assertThat(find("d2~prod~web").completedAt()).isEqualTo(NOW);
    }

    @Test
    void aDeploymentIsHaltedForTheReasonOfARolloutThatIsHaltedAndNotOfOneThatEnded() {
        commands.give(Command.ABORT, "d2", "d2~prod~jobs", "ann", "not there", NOW);
        assertThat(deployment("reason")).as("the rest goes on").isNull();
        commands.give(Command.PAUSE, "d2", null, "ann", "lunch", NOW);
        assertThat(deployment("reason")).isEqualTo("paused by ann: lunch");
        commands.give(Command.RESUME, "d2", null, "ann", "back", NOW);
        assertThat(deployment("reason")).isNull();
        commands.give(Command.ABORT, "d2", null, "ann", "enough", NOW);
        assertThat(deployment("reason")).startsWith("aborted by ann: ");
    }

    private @Nullable String deployment(String column) {
        return jdbc.sql("select " + column + " from deployment where id = 'd2'")
                .query((row, n) -> row.getString(1))
                .list()
                .getFirst();
    }

    @Test
    void anOutcomeIsNotedForTheLatestPendingOrderOnly() {
        long epoch = ledger.write(find("d2~prod~web"), Map.of(), ordering("m1"), Map.of(), NOW)
                .orElseThrow();
        String id = OrderIds.of("d2~prod~web", "m1", 1);
        orders.note("d2~prod~web", epoch, List.of(new Outcome("m1", "another", 1, OrderState.REFUSED, "x")));
        assertThat(state("d2~prod~web", "m1")).isEqualTo(OrderState.PENDING);
        orders.note("d2~prod~web", epoch, List.of(new Outcome("m1", id, 0, OrderState.REFUSED, "an earlier send")));
        orders.note("d2~prod~web", epoch, List.of(new Outcome("m1", id, 1, OrderState.ACCEPTED, null)));
        orders.note("d2~prod~web", epoch, List.of(new Outcome("m1", id, 1, OrderState.PENDING, "late")));
        assertThat(state("d2~prod~web", "m1")).isEqualTo(OrderState.ACCEPTED);
        Map<String, OrderRecord> known = orders.of("d2~prod~web");
        Decision failed =
                decision(DeploymentState.ROLLING_OUT, new Action.Fail("m1", id, 1, "exit 3", NOW.plusSeconds(5)));
        ledger.write(find("d2~prod~web"), known, failed, Map.of(), NOW);
        OrderRecord order = orders.of("d2~prod~web").get("m1");
        assertThat(order)
                .extracting(OrderRecord::state, OrderRecord::failures, OrderRecord::problem, OrderRecord::nextAt)
                .containsExactly(OrderState.FAILED, 1, "exit 3", NOW.plusSeconds(5));
    }

    @Test
    void theOrdersInMemoryAreThoseOfTheDatabaseAndOfNoOtherEpoch() {
        Rollout seen = find("d2~prod~web");
        assertThat(orders.of(seen.id(), seen.epoch())).isEmpty();
        long epoch = ledger.write(seen, Map.of(), ordering("m1"), Map.of(), NOW).orElseThrow();
        assertThat(remembered(epoch)).containsOnlyKeys("m1");
        String id = OrderIds.of(seen.id(), "m1", 1);
        orders.note(seen.id(), epoch, List.of(new Outcome("m1", id, 1, OrderState.ACCEPTED, null)));
        assertThat(remembered(epoch).get("m1")).extracting(OrderRecord::state).isEqualTo(OrderState.ACCEPTED);
        jdbc.sql("update machine_order set repair = 'r1'").update();
        orders.closed(seen.id(), epoch, List.of("r1"));
        assertThat(remembered(epoch).get("m1")).extracting(OrderRecord::repair).isNull();

        jdbc.sql("update machine_order set failures = 2, state = 'FAILED'").update();
        assertThat(orders.of(seen.id(), epoch)).isNotEqualTo(orders.of(seen.id()));
        commands.give(Command.RETRY_FAILED, "d2", null, "ann", "the disk is new", NOW);
        long next = find(seen.id()).epoch();
        assertThat(next).isNotEqualTo(epoch);
        assertThat(remembered(next).get("m1")).extracting(OrderRecord::failures).isEqualTo(0);
    }

    /** As in memory, which is the same as in the database. */
    private Map<String, OrderRecord> remembered(long epoch) {
        Map<String, OrderRecord> known = orders.of("d2~prod~web", epoch);
        assertThat(known).isEqualTo(orders.of("d2~prod~web"));
        return known;
    }

    @Test
    void aDeclarationIsTakenInOnce() {
        assertThat(intake.take(0, deployment(2), List.of(part(WEB)), NOW)).isFalse();
        assertThat(intake.revision()).isEqualTo(2);
        assertThat(intake.take(2, deployment(5), List.of(), NOW)).isTrue();
        assertThat(intake.revision()).isEqualTo(5);
        assertThat(state("d5")).as("nothing to do").isEqualTo("COMPLETE");
    }

    private String state(String deployment) {
        return jdbc.sql("select state from deployment where id = ?")
                .param(deployment)
                .query((row, n) -> row.getString(1))
                .single();
    }

    private @Nullable OrderState state(String rollout, String machine) {
        OrderRecord order = orders.of(rollout).get(machine);
        return order == null ? null : order.state();
    }

    private static Decision ordering(String machine) {
        return decision(
                DeploymentState.ROLLING_OUT,
                new Action.Send(new OrderRecord(
                        machine,
                        1,
                        OrderIds.of("d2~prod~web", machine, 1),
                        OrderState.PENDING,
                        0,
                        1,
                        NOW,
                        NOW.plusSeconds(60),
                        NOW,
                        false,
                        true,
                        null,
                        null)));
    }
}

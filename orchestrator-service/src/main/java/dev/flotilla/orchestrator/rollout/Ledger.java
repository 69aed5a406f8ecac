package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes decisions down. Each writing takes a new epoch from one sequence and succeeds only if the rollout still has the epoch that the
 * decision was made on: of two that decide at once, one wins and the other must not act.
 */
@Repository
public class Ledger {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final OrderBook orders;
    private final DeploymentStates deployments;

    Ledger(JdbcClient jdbc, TransactionTemplate transaction, OrderBook orders, DeploymentStates deployments) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.orders = orders;
        this.deployments = deployments;
    }

    /**
     * Writes a decision down, its orders as {@link OrderState#PENDING}.
     *
     * @param rollout as it was when the decision was made
     * @param known the latest orders as they were then
     * @return the epoch under which its orders may be sent; empty when someone else has written in the meantime: nothing is written then
     */
    public Optional<Long> write(Rollout rollout, Map<String, OrderRecord> known, Decision decision, Instant now) {
        boolean stateChanges = decision.state() != rollout.state();
        if (decision.actions().isEmpty() && !stateChanges && decision.counts().equals(rollout.counts())) {
            return Optional.of(rollout.epoch());
        }
        return Optional.ofNullable(transaction.execute(status -> {
            if (stateChanges) {
                deployments.lock(rollout.deployment());
            }
            Long epoch = claim(rollout, decision, now);
            if (epoch == null) {
                return null;
            }
            orders.write(rollout.id(), records(known, decision));
            decision.actions().stream()
                    .filter(Action.Halt.class::isInstance)
                    .forEach(halt -> deployments.halt(rollout, ((Action.Halt) halt).reason()));
            if (stateChanges) {
                deployments.followRollouts(rollout.deployment(), now);
            }
            return epoch;
        }));
    }

    private @Nullable Long claim(Rollout rollout, Decision decision, Instant now) {
        Counts counts = decision.counts();
        return jdbc.sql("""
                        update rollout set epoch = nextval('epoch'), state = :state, reason = :reason, changes = changes + 1,
                            waiting = :waiting, fetching = :fetching, switching = :switching, running = :running, failed = :failed,
                            excused = :excused, superseded = :superseded,
                            completed_at = case when :complete then coalesce(completed_at, :now) else completed_at end
                        where id = :id and epoch = :epoch
                        returning epoch
                        """)
                .param("id", rollout.id())
                .param("epoch", rollout.epoch())
                .param("state", decision.state().name())
                .param("reason", decision.state() == DeploymentState.HALTED ? decision.reason() : null)
                .param("waiting", counts.waiting())
                .param("fetching", counts.fetching())
                .param("switching", counts.switching())
                .param("running", counts.running())
                .param("failed", counts.failed())
                .param("excused", counts.excused())
                .param("superseded", counts.superseded())
                .param("complete", decision.state() == DeploymentState.COMPLETE)
                .param("now", at(now))
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private static List<OrderRecord> records(Map<String, OrderRecord> known, Decision decision) {
        List<OrderRecord> records = new ArrayList<>();
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Send send -> records.add(send.order());
                case Action.Halt halt -> {}
                case Action.Fail fail ->
                    records.add(change(known, fail, OrderState.FAILED, fail.failures(), fail.retryAt(), fail.reason()));
                case Action.Settle settle -> records.add(change(known, settle, OrderState.DONE, 0, null, null));
                case Action.Suspend suspend ->
                    records.add(change(known, suspend, OrderState.SUSPENDED, null, null, null));
            }
        }
        return records;
    }

    private static OrderRecord change(
            Map<String, OrderRecord> known,
            Action.OnMachine action,
            OrderState state,
            @Nullable Integer failures,
            @Nullable Instant nextAt,
            @Nullable String problem) {
        OrderRecord last = known.get(action.machine());
        if (last == null || !last.orderId().equals(action.orderId())) {
            throw new IllegalStateException(action + " is about another order than " + last);
        }
        return new OrderRecord(
                last.machine(),
                last.attempt(),
                last.orderId(),
                state,
                failures == null ? last.failures() : failures,
                last.sends(),
                last.orderedAt(),
                last.deadline(),
                nextAt == null ? last.nextAt() : nextAt,
                problem);
    }
}

package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
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
    private final SelfHalts halts;
    private final PolicyRefusals policies;

    Ledger(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            OrderBook orders,
            DeploymentStates deployments,
            SelfHalts halts,
            PolicyRefusals policies) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.orders = orders;
        this.deployments = deployments;
        this.halts = halts;
        this.policies = policies;
    }

    /**
     * Writes a decision down, its orders as {@link OrderState#PENDING}, and who was refused first when; nothing where nothing is new.
     *
     * @param rollout as it was when the decision was made
     * @param known the latest orders as they were then
     * @param refusals what device-manager refused for it, by machine
     * @return the epoch under which its orders may be sent; empty when someone else has written in the meantime: nothing is written then
     */
    public Optional<Long> write(
            Rollout rollout,
            Map<String, OrderRecord> known,
            Decision decision,
            Map<String, ClaimAnswer> refusals,
            Instant now) {
        boolean stateChanges = decision.state() != rollout.state();
        Map<String, ClaimAnswer> refused = dated(refusals, rollout.refusals(), now);
        PolicyRefusals.Change byPolicy = policies.change(rollout, decision, now);
        if (decision.actions().isEmpty()
                && !stateChanges
                && decision.counts().equals(rollout.counts())
                && refused.equals(rollout.refusals())
                && byPolicy.none()
                && Objects.equals(
                        decision.open(),
                        rollout.open() == null ? null : rollout.open().faultDomain())) {
            return Optional.of(rollout.epoch());
        }
        return Optional.ofNullable(transaction.execute(status -> {
            if (stateChanges) {
                deployments.lock(rollout.deployment());
            }
            Long epoch = claim(rollout, decision, refused, now);
            if (epoch == null) {
                return null;
            }
            orders.write(rollout, epoch, records(known, decision), now);
            policies.write(rollout, epoch, byPolicy);
            decision.actions().stream()
                    .filter(Action.Halt.class::isInstance)
                    .map(halt -> ((Action.Halt) halt).reason())
                    .forEach(reason -> halts.halt(rollout, reason, now));
            if (stateChanges) {
                deployments.followRollouts(rollout.deployment(), now);
            }
            return epoch;
        }));
    }

    /** Each with the moment at which the same rule refused the machine first. */
    private static Map<String, ClaimAnswer> dated(
            Map<String, ClaimAnswer> refusals, Map<String, ClaimAnswer> before, Instant now) {
        Map<String, ClaimAnswer> dated = new TreeMap<>();
        refusals.forEach((machine, refusal) -> {
            ClaimAnswer last = before.get(machine);
            Instant first = last != null && last.sameRule(refusal) ? last.since() : now;
            dated.put(machine, refusal.since() == null ? refusal.since(first) : refusal);
        });
        return dated;
    }

    private @Nullable Long claim(Rollout rollout, Decision decision, Map<String, ClaimAnswer> refusals, Instant now) {
        Counts counts = decision.counts();
        return jdbc.sql("""
                        update rollout set epoch = nextval('epoch'), state = :state, reason = :reason, changes = changes + 1,
                            refusals = coalesce(:refusals::jsonb, refusals),
                            open_since = case when open_domain is not distinct from cast(:open as text) then open_since
                                              when cast(:open as text) is not null then :now end,
                            open_domain = cast(:open as text),
                            progressed_at = case when :progressed then :now else progressed_at end,
                            waiting = :waiting, fetching = :fetching, switching = :switching, running = :running, failed = :failed,
                            excused = :excused, superseded = :superseded,
                            completed_at = case when :complete then coalesce(completed_at, :now) else completed_at end
                        where id = :id and epoch = :epoch
                        returning epoch
                        """)
                .param("id", rollout.id())
                .param("epoch", rollout.epoch())
                .param("state", decision.state().name())
                .param("reason", stopped(decision) ? decision.reason() : null)
                .param("waiting", counts.waiting())
                .param("fetching", counts.fetching())
                .param("switching", counts.switching())
                .param("running", counts.running())
                .param("failed", counts.failed())
                .param("excused", counts.excused())
                .param("superseded", counts.superseded())
                .param("open", decision.open())
                .param("refusals", refusals.equals(rollout.refusals()) ? null : RolloutRows.json(refusals))
                .param("progressed", decision.progressed())
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
                case Action.Close close -> {}
                case Action.Fail fail ->
                    records.add(
                            last(known, fail).with(OrderState.FAILED, fail.failures(), fail.retryAt(), fail.reason()));
                case Action.Settle settle -> {
                    OrderRecord last = last(known, settle);
                    records.add(last.with(OrderState.DONE, 0, last.nextAt(), null));
                }
                case Action.Suspend suspend -> {
                    OrderRecord last = last(known, suspend);
                    records.add(last.with(OrderState.SUSPENDED, last.failures(), last.nextAt(), null));
                }
            }
        }
        return records;
    }

    private static boolean stopped(Decision decision) {
        return decision.state() == DeploymentState.HALTED || decision.state() == DeploymentState.ABORTED;
    }

    private static OrderRecord last(Map<String, OrderRecord> known, Action.OnMachine action) {
        OrderRecord last = known.get(action.machine());
        if (last == null || !last.orderId().equals(action.orderId())) {
            throw new IllegalStateException(action + " is about another order than " + last);
        }
        return last;
    }
}

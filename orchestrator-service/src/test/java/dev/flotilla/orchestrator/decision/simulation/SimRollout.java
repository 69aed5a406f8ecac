package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rollout as the database holds it: written under an epoch, or not at all. */
final class SimRollout {
    final String id;
    final String deployment;
    final long revision;
    final String version;
    final String group;
    final List<String> machines;
    final Limits limits;
    final Map<String, OrderRecord> orders = new HashMap<>();
    DeploymentState state = DeploymentState.ROLLING_OUT;

    @Nullable
    String reason;

    long epoch;
    int failed;
    boolean over;
    final Instant declaredAt;

    @Nullable
    Instant haltedAt;

    SimRollout(
            String deployment,
            long revision,
            String version,
            String group,
            List<String> machines,
            Limits limits,
            Instant declaredAt) {
        this.declaredAt = declaredAt;
        this.id = deployment + "~prod~" + group;
        this.deployment = deployment;
        this.revision = revision;
        this.version = version;
        this.group = group;
        this.machines = machines;
        this.limits = limits;
    }

    int most() {
        return limits.maxUnavailable().roundedUp(machines.size());
    }

    void write(Decision decision) {
        state = decision.state();
        reason = state == DeploymentState.HALTED ? decision.reason() : null;
        failed = decision.counts().failed();
        over = decision.over();
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Send send -> orders.put(send.machine(), send.order());
                case Action.Fail fail -> change(fail, OrderState.FAILED, fail.failures(), fail.retryAt());
                case Action.Settle settle -> change(settle, OrderState.DONE, 0, null);
                case Action.Suspend suspend -> change(suspend, OrderState.SUSPENDED, null, null);
                case Action.Halt halt -> {}
            }
        }
    }

    void answered(String machine, String orderId) {
        OrderRecord order = orders.get(machine);
        if (order != null && order.orderId().equals(orderId) && order.state() == OrderState.PENDING) {
            orders.put(machine, with(order, OrderState.ACCEPTED, order.failures(), order.nextAt()));
        }
    }

    private void change(Action.OnMachine action, OrderState to, @Nullable Integer failures, @Nullable Instant nextAt) {
        OrderRecord last = Objects.requireNonNull(orders.get(action.machine()));
        orders.put(
                action.machine(),
                with(last, to, failures == null ? last.failures() : failures, nextAt == null ? last.nextAt() : nextAt));
    }

    private static OrderRecord with(OrderRecord order, OrderState state, int failures, Instant nextAt) {
        return new OrderRecord(
                order.machine(),
                order.attempt(),
                order.orderId(),
                state,
                failures,
                order.sends(),
                order.orderedAt(),
                order.deadline(),
                nextAt,
                "a problem");
    }
}

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

    @Nullable
    Instant promotedAt;

    Instant progressedAt;

    SimRollout(
            String deployment,
            long revision,
            String version,
            String group,
            List<String> machines,
            Limits limits,
            Instant now) {
        this.declaredAt = now;
        this.id = deployment + "~prod~" + group;
        this.deployment = deployment;
        this.revision = revision;
        this.version = version;
        this.group = group;
        this.machines = machines;
        this.limits = limits;
        this.progressedAt = now;
    }

    int most() {
        return limits.maxUnavailable().roundedUp(machines.size());
    }

    /** The repair is closed. */
    void closed(String machine, String repair) {
        OrderRecord order = Objects.requireNonNull(orders.get(machine));
        if (repair.equals(order.repair())) {
            orders.put(
                    machine,
                    new OrderRecord(
                            machine,
                            order.attempt(),
                            order.orderId(),
                            order.state(),
                            order.failures(),
                            order.sends(),
                            order.orderedAt(),
                            order.deadline(),
                            order.nextAt(),
                            order.mending(),
                            null,
                            order.problem()));
        }
    }

    void write(Decision decision, Instant now) {
        state = decision.state();
        reason = state == DeploymentState.HALTED ? decision.reason() : null;
        failed = decision.counts().failed();
        over = decision.over();
        progressedAt = decision.progressed() ? now : progressedAt;
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Send send -> orders.put(send.machine(), send.order());
                case Action.Fail fail -> change(fail, OrderState.FAILED, fail.failures(), fail.retryAt());
                case Action.Settle settle -> change(settle, OrderState.DONE, 0, null);
                case Action.Suspend suspend -> change(suspend, OrderState.SUSPENDED, null, null);
                case Action.Halt halt -> {}
                case Action.Close close -> {}
            }
        }
    }

    void answered(String machine, String orderId) {
        OrderRecord order = orders.get(machine);
        if (order != null && order.orderId().equals(orderId) && order.state() == OrderState.PENDING) {
            orders.put(machine, order.with(OrderState.ACCEPTED, order.failures(), order.nextAt(), "a problem"));
        }
    }

    private void change(Action.OnMachine action, OrderState to, @Nullable Integer failures, @Nullable Instant nextAt) {
        OrderRecord last = Objects.requireNonNull(orders.get(action.machine()));
        orders.put(
                action.machine(),
                last.with(
                        to,
                        failures == null ? last.failures() : failures,
                        nextAt == null ? last.nextAt() : nextAt,
                        "a problem"));
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.Counts;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rollout as the database holds it: written under an epoch, or not at all. */
final class SimRollout {
    final String id;
    final String deployment;
    final long revision;
    final String service;
    final String version;
    final String group;
    /** Null for the whole group. */
    final @Nullable Set<String> named;

    final Limits limits;
    final Instant declaredAt;
    final Map<String, OrderRecord> orders = new HashMap<>();
    DeploymentState state = DeploymentState.ROLLING_OUT;

    @Nullable
    String reason;

    long epoch;
    Counts counts = new Counts(0, 0, 0, 0, 0, 0, 0);
    boolean over;

    @Nullable
    Instant haltedAt;

    @Nullable
    Instant promotedAt;

    @Nullable
    Instant abortedAt;

    Instant progressedAt;

    @Nullable
    String impactDomain;
    /** True where the last look was refused a machine. */
    boolean refused;
    /** How many machines it had at most. */
    int size;

    /** When it is looked at next. */
    Instant lookAt;

    /** The look that is under way, as the scheduler knows it. */
    @Nullable
    Look look;

    boolean changedSinceLooked;
    /** How often something was heard of its machines. */
    long stirs;

    SimRollout(SimDeployment deployment, String group, @Nullable List<String> named, Instant now) {
        this.declaredAt = now;
        this.id = deployment.id() + "~prod~" + group;
        this.deployment = deployment.id();
        this.revision = deployment.revision();
        this.service = deployment.service();
        this.version = deployment.version();
        this.group = group;
        this.named = named == null ? null : Set.copyOf(named);
        this.limits = deployment.limits();
        this.progressedAt = now;
        this.lookAt = now;
    }

    /** What a deployment's rollouts have in common. */
    record SimDeployment(String id, long revision, String service, String version, Limits limits) {}

    boolean covers(SimMachine machine) {
        return named == null ? machine.group.equals(group) : named.contains(machine.name);
    }

    boolean halted() {
        return state == DeploymentState.HALTED;
    }

    void wake(Instant now) {
        stirs++;
        changedSinceLooked = true;
        if (now.isBefore(lookAt)) {
            lookAt = now;
        }
    }

    /** The repairs are closed. */
    void closed(List<String> repairs) {
        orders.replaceAll((machine, order) ->
                order.repair() != null && repairs.contains(order.repair()) ? order.withoutRepair() : order);
    }

    void write(Decision decision, Instant now) {
        state = decision.state();
        reason = state == DeploymentState.HALTED || state == DeploymentState.ABORTED ? decision.reason() : null;
        counts = decision.counts();
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

    void note(String machine, String orderId, int sends, OrderState to) {
        OrderRecord order = orders.get(machine);
        if (order != null
                && order.orderId().equals(orderId)
                && order.sends() == sends
                && order.state() == OrderState.PENDING) {
            orders.put(machine, order.with(to, order.failures(), order.nextAt(), "a problem"));
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

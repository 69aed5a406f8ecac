package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.rollout.PolicyRefusal;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Since when machines stand where they stand: what is known of it and nothing else, as {@code MachineProgress} says for each. */
record Since(Rollout rollout, RolloutView view, Known known) {

    @Nullable
    Instant of(MachineView machine, MachineStanding standing) {
        return switch (standing.origin()) {
            case POLICY -> {
                PolicyRefusal refusal = known.refusals().get(machine.name());
                yield refusal != null && refusal.policy().equals(standing.rule()) ? refusal.since() : null;
            }
            case CLAIM -> refused(machine.name(), standing.rule());
            case ROLLOUT ->
                Rule.of(standing.rule()).map(rule -> by(rule, machine)).orElse(null);
        };
    }

    private @Nullable Instant refused(String machine, String rule) {
        Repair repair = rule.equals(ClaimRule.ACTIVE_REPAIR.id()) ? known.repair(machine) : null;
        ClaimAnswer answer = view.claims().get(machine);
        return repair != null ? repair.since() : answer == null ? null : answer.since();
    }

    private @Nullable Instant by(Rule rule, MachineView machine) {
        RunningService running = running(machine);
        OrderRecord order = machine.order();
        return switch (rule) {
            case RUNNING, PROVING, RESTARTING, CRASH_LOOP, FETCHED, MENDING_PACE ->
                running == null ? null : running.changedAt();
            case IN_PROGRESS -> order == null ? null : Objects.requireNonNullElse(reported(machine), order.orderedAt());
            case UNANSWERED -> order == null || order.state() == OrderState.SUSPENDED ? null : order.orderedAt();
            case RETRY_BACKOFF, SET_ASIDE -> failed(machine);
            case CANARY -> turn(machine);
            case FAULT_DOMAIN, MAX_UNAVAILABLE -> latest(turn(machine), domain());
            case LOST -> machine.sight() == null ? null : machine.sight().lastSeen();
            case SUPERSEDED -> {
                String newer = machine.supersededBy() == null ? view.replaced() : machine.supersededBy();
                yield newer == null ? null : known.newer().get(newer);
            }
            case HALTED, ABORTED, FAILURE_THRESHOLD, PROGRESS_DEADLINE -> {
                HistoryEntry cause = known.cause(rollout.reason());
                yield cause == null ? null : cause.at();
            }
            case ORDERED, REPAIRS, POLICY, REGISTRY, TOPOLOGY, NEVER_REPORTED, GONE -> null;
        };
    }

    /** The moment from which it only waits for its turn. */
    private @Nullable Instant turn(MachineView machine) {
        OrderRecord order = machine.order();
        RunningService running = running(machine);
        Instant own = order != null && order.state() == OrderState.FAILED
                ? order.nextAt()
                : running == null ? null : running.changedAt();
        return latest(rollout.startedAt(), known.resumedAt(), own);
    }

    /** Since when the fault domain is the one that the others wait for. */
    private @Nullable Instant domain() {
        return rollout.open() == null ? null : rollout.open().since();
    }

    private static @Nullable Instant latest(@Nullable Instant... moments) {
        return Stream.of(moments)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    /** The agent's word goes before what was concluded of its silence. */
    private @Nullable Instant failed(MachineView machine) {
        OrderRecord order = machine.order();
        RunningService running = running(machine);
        OrderProgress progress = running == null ? null : running.order();
        boolean said = progress != null && progress.phase() == OrderPhase.FAILED;
        Instant reported = said ? reported(machine) : null;
        return reported != null ? reported : order == null ? null : order.failedAt(view.pace());
    }

    /** When the registry took in the last that the agent reported of the latest order. */
    private static @Nullable Instant reported(MachineView machine) {
        OrderRecord order = machine.order();
        RunningService running = running(machine);
        OrderProgress progress = running == null ? null : running.order();
        boolean its = order != null && progress != null && progress.orderId().equals(order.orderId());
        return running != null && its ? running.changedAt() : null;
    }

    private static @Nullable RunningService running(MachineView machine) {
        Sight sight = machine.sight();
        return sight == null ? null : sight.running();
    }
}

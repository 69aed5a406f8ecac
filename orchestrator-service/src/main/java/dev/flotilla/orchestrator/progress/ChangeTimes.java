package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.OrderBook;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long a machine takes from its order until it runs the version: as seen in this rollout, or in the one before, or else assumed. */
@Component
class ChangeTimes {
    private final Rollouts rollouts;
    private final OrderBook orders;
    private final PlanProperties properties;

    /**
     * The time of one machine.
     *
     * @param from where that is taken from, in words for a person
     */
    record Change(Duration time, String from) {}

    ChangeTimes(Rollouts rollouts, OrderBook orders, PlanProperties properties) {
        this.rollouts = rollouts;
        this.orders = orders;
        this.properties = properties;
    }

    Change of(Observation observed) {
        Rollout rollout = observed.rollout();
        return seen(observed, observed.orders(), rollout.version(), "this rollout")
                .or(() -> rollouts.before(rollout)
                        .flatMap(before -> seen(observed, orders.of(before.id()), before.version(), before.id())))
                .orElseGet(() -> new Change(
                        properties.change(rollout.payload().size()), "assumed: no change of it was seen here yet"));
    }

    private static Optional<Change> seen(
            Observation observed, Map<String, OrderRecord> orders, String version, String where) {
        List<Duration> times = observed.view().machines().stream()
                .map(machine -> time(machine, orders.get(machine.name()), version))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change(
                        Duration.ofSeconds(Math.max(
                                1, Math.ceilDiv(times.get(times.size() / 2).toMillis(), 1000))),
                        "the median of " + times.size() + (times.size() == 1 ? " change" : " changes") + " in "
                                + where));
    }

    /** Empty where the machine was not changed by that order last, fell back to the version from a later one, say, or has come up anew since. */
    private static Optional<Duration> time(MachineView machine, @Nullable OrderRecord order, String version) {
        Sight sight = machine.sight();
        RunningService running = sight == null ? null : sight.running();
        if (order == null || running == null || order.state() != OrderState.DONE || order.attempt() > 1) {
            return Optional.empty();
        }
        boolean its = running.state() == RunState.RUNNING
                && version.equals(running.version())
                && running.order() != null
                && running.order().orderId().equals(order.orderId())
                && running.restarts() == 0
                && running.changedAt().isAfter(order.orderedAt())
                && !running.changedAt().isAfter(order.deadline());
        return its ? Optional.of(Duration.between(order.orderedAt(), running.changedAt())) : Optional.empty();
    }
}

package dev.flotilla.orchestrator.act;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a rollout is looked at next, and whether that look has anything to find. */
@Component
class Rhythm {
    private static final Duration JUST_AFTER = Duration.ofMillis(1);
    private final Calm calm;
    private final TickProperties properties;

    Rhythm(Calm calm, TickProperties properties) {
        this.calm = calm;
        this.properties = properties;
    }

    /** When to come again, where nothing is due and nothing new is known; empty where the rollout must be looked at now. */
    Optional<Instant> calm(String rollout, Instant now) {
        return calm.until(rollout, now).map(until -> within(until, properties.steady(), now));
    }

    Calm.Basis basis(Rollout rollout, Instant now) {
        return calm.basis(rollout, now);
    }

    void forget(String rollout) {
        calm.forget(rollout);
    }

    Instant soon(Instant now) {
        return now.plus(properties.busy());
    }

    /** After a look that did something: what came of it is seen soon. */
    Instant afterActions(Decision decision, Instant now) {
        boolean busy = !decision.orders().isEmpty()
                || decision.reason() != null && decision.state() == DeploymentState.ROLLING_OUT
                || decision.counts().fetching() + decision.counts().switching() > 0;
        return within(decision.nextLook(), busy ? properties.busy() : properties.steady(), now);
    }

    /**
     * After a look that had nothing to do. It stands until something is heard or due, unless somebody has a say who tells nobody when he changes
     * his mind.
     *
     * @param renewAt when the first repair that the rollout holds must be renewed
     */
    Instant afterNothing(Observation observed, Consultation asked, Calm.Basis basis, Optional<Instant> renewAt) {
        Instant now = observed.at();
        RolloutView view = asked.view();
        boolean unsure = !view.obstacles().isEmpty()
                || view.state() == DeploymentState.SUPERSEDED
                || observed.devices().values().stream().anyMatch(machine -> machine.tenant() != null);
        if (unsure) {
            return afterActions(asked.decision(), now);
        }
        boolean refused = asked.refused() || asked.decision().counts().failed() > 0;
        Instant due = Stream.concat(
                        orders(observed, view),
                        Stream.of(
                                now.plus(refused ? properties.steady() : properties.trust()),
                                asked.decision().nextLook(),
                                renewAt.orElse(null),
                                view.course().progressedAt().plus(view.pace().progressDeadline()),
                                view.registrySince() == null
                                        ? null
                                        : view.registrySince().plus(view.pace().grace())))
                .filter(Objects::nonNull)
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElseThrow();
        calm.rest(view, basis, due);
        return within(due, properties.steady(), now);
    }

    /** When orders that are open can't be taken or come to an end any more. */
    private static Stream<@Nullable Instant> orders(Observation observed, RolloutView view) {
        return observed.orders().values().stream()
                .filter(order -> order.state().open() || order.state() == OrderState.AHEAD)
                .flatMap(order -> Stream.of(
                        order.deadline(), order.nextAt().plus(view.pace().inTransit())))
                .map(end -> end.plus(JUST_AFTER));
    }

    /** The moment, but not later than that from now, and not at once. */
    private Instant within(@Nullable Instant moment, Duration most, Instant now) {
        Instant latest = now.plus(most);
        Instant next = moment == null || moment.isAfter(latest) ? latest : moment;
        Instant soonest = now.plus(properties.soonest());
        return next.isBefore(soonest) ? soonest : next;
    }
}

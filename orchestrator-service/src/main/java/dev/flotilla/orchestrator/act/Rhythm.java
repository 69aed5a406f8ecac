package dev.flotilla.orchestrator.act;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.consultation.Consultation;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a rollout is looked at next, and whether that look has anything to find. */
@Component
class Rhythm {
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

    /** After a look that had nothing to do. It stands until something is heard or due. */
    Instant afterNothing(Observation observed, Consultation asked, Calm.Basis basis) {
        Instant now = observed.at();
        Optional<Instant> until = asked.restUntil(observed.hasTenants());
        until.ifPresent(due -> calm.rest(asked.view().rollout(), basis, due));
        return until.map(due -> within(due, properties.steady(), now))
                .orElseGet(() -> afterActions(asked.decision(), now));
    }

    /** The moment, but not later than that from now, and not at once. */
    private Instant within(@Nullable Instant moment, Duration most, Instant now) {
        Instant latest = now.plus(most);
        Instant next = moment == null || moment.isAfter(latest) ? latest : moment;
        Instant soonest = now.plus(properties.soonest());
        return next.isBefore(soonest) ? soonest : next;
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.observe.TenantWords;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at rollouts for whoever asks: observes and decides as their own looks do, and asks for nothing. */
@Component
class Looks {
    private static final Logger log = LoggerFactory.getLogger(Looks.class);

    private final RolloutObserver observer;
    private final TenantWords tenants;
    private final Neighbours neighbours;
    private final InstantSource time;

    Looks(RolloutObserver observer, TenantWords tenants, Neighbours neighbours, InstantSource time) {
        this.observer = observer;
        this.tenants = tenants;
        this.neighbours = neighbours;
        this.time = time;
    }

    /** What was observed, and is decided on it. */
    record Look(Observation observed, RolloutView view, Decision decision) {}

    /** As a look at the rollout would decide now, on what tenants say now and device-manager refused at the last one. */
    Look at(Rollout rollout) {
        Instant now = time.instant();
        Observation observed = observer.observe(rollout, now);
        RolloutView view = observed.view().withClaims(refusals(observed));
        return RolloutDecider.down(view, now).isEmpty()
                ? look(observed, view)
                : look(observed, view.withLimit(neighbours.usedUp(rollout)));
    }

    private static Look look(Observation observed, RolloutView view) {
        return new Look(observed, view, RolloutDecider.decide(view, observed.at()));
    }

    /** Where the policy engine gives no answer, what tenants said at the last look is the best that is known. */
    private Map<String, ClaimAnswer> refusals(Observation observed) {
        try {
            return TenantsNow.of(observed, tenants).refusals();
        } catch (RuntimeException e) {
            log.warn(
                    "{}: what tenants say now can't be read: {}",
                    observed.rollout().id(),
                    e.toString());
            return observed.rollout().refusals();
        }
    }
}

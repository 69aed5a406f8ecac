package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.orchestrator.decision.Foresight;
import dev.flotilla.orchestrator.decision.Plan;
import dev.flotilla.orchestrator.decision.Planner;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.observe.TenantWords;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What one rollout will still do, or would do: observed anew, and run ahead by the functions that drive it. */
@Component
class RolloutPlanReader {
    private final Rollouts rollouts;
    private final RolloutObserver observer;
    private final Neighbours neighbours;
    private final Tenants asked;
    private final ChangeTimes changes;

    /** How tenants wish to be asked, and what they have said. */
    @Component
    record Tenants(TenantTerms terms, TenantWords words) {}

    RolloutPlanReader(
            Rollouts rollouts, RolloutObserver observer, Neighbours neighbours, Tenants asked, ChangeTimes changes) {
        this.rollouts = rollouts;
        this.observer = observer;
        this.neighbours = neighbours;
        this.asked = asked;
        this.changes = changes;
    }

    /** @param names how many machines to name for each wave */
    RolloutPlan declared(Rollout rollout, int names, Instant now) {
        Observation observed = observer.observeForPlan(rollout, !rollouts.takenBack(rollout.id()), now);
        return plan(now(observed), neighbours.of(rollout), names, List.of());
    }

    /** Of one that there is not yet. Throws where device-manager gives no answer. */
    RolloutPlan undeclared(Rollout rollout, int names, Instant now) {
        Observation observed = observer.observeUndeclared(rollout, now);
        List<Rollout> older = rollouts.standing(rollout);
        List<RolloutPlan.TakenOver> taken = TakeOver.of(observed.devices().keySet(), older);
        Neighbours.Seen others =
                neighbours.of(rollout, older.stream().map(Rollout::id).collect(Collectors.toSet()));
        return plan(new TenantsNow(observed, Map.of()), others, names, taken);
    }

    /** Nobody where that can't be found out: that is among the remarks then, as how they are asked. */
    private TenantsNow now(Observation observed) {
        try {
            return TenantsNow.of(observed, asked.words());
        } catch (RuntimeException e) {
            return new TenantsNow(observed, Map.of());
        }
    }

    private RolloutPlan plan(TenantsNow now, Neighbours.Seen others, int names, List<RolloutPlan.TakenOver> takesOver) {
        Observation observed = now.observed();
        Map<String, Term> terms = asked.terms().of(observed.devices().values());
        PlannedClaims claims = new PlannedClaims(now, terms);
        ChangeTimes.Change change = changes.of(observed.rollout());
        Plan plan = Planner.plan(
                observed.view().withClaims(claims.refusals(others)).withLimit(others.usedUp()),
                new Foresight(
                        change.time(),
                        others.places(),
                        claims.askings(),
                        observed.outlook(),
                        PlannedClaims.disruptions(others)),
                observed.at());
        return new RolloutPlans(observed, others, terms, change, names).of(plan, takesOver);
    }
}

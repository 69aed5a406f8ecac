package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Foresight;
import dev.flotilla.orchestrator.decision.Plan;
import dev.flotilla.orchestrator.decision.Planner;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.platform.paging.Cursors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What deployments will still do: each rollout observed anew, and run ahead by the functions that drive it. */
@Component
class PlanReader {
    private static final List<String> ASSUMPTIONS = List.of(
            "nothing fails, no machine is lost or comes back, and nobody gives a command",
            "policies stay as they answer now; a wait that says until when is over then, and one that does not is passed by after the progress deadline",
            "nobody else works on these machines meanwhile, and tenants agree at once");
    private final Rollouts rollouts;
    private final RolloutObserver observer;
    private final Neighbours neighbours;
    private final ChangeTimes changes;
    private final InstantSource time;

    PlanReader(
            Rollouts rollouts,
            RolloutObserver observer,
            Neighbours neighbours,
            ChangeTimes changes,
            InstantSource time) {
        this.rollouts = rollouts;
        this.observer = observer;
        this.neighbours = neighbours;
        this.changes = changes;
        this.time = time;
    }

    /** The plan of a deployment: of so many of its rollouts, and so many machines named in each wave. */
    DeploymentPlan plan(DeploymentProgress deployment, int limit, int names, @Nullable String cursor) {
        String after = cursor == null ? "" : Cursors.decode(cursor, 1).getFirst();
        List<Rollout> page = rollouts.of(deployment.id()).stream()
                .filter(rollout -> rollout.id().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        Instant now = time.instant();
        List<RolloutPlan> plans = page.stream()
                .limit(limit)
                .map(rollout -> plan(rollout, names, now))
                .toList();
        return new DeploymentPlan(
                deployment.id(),
                deployment.service(),
                deployment.version(),
                deployment.state(),
                deployment.reason(),
                now,
                longest(plans),
                assumptions(plans),
                plans,
                more ? Cursors.encode(plans.getLast().id()) : null);
    }

    private RolloutPlan plan(Rollout rollout, int names, Instant now) {
        Observation observed = observer.observeForPlan(rollout, !rollouts.takenBack(rollout.id()), now);
        Neighbours.Seen others = neighbours.of(rollout);
        Map<String, ClaimAnswer> refusals = new HashMap<>();
        if (rollout.state() == DeploymentState.ROLLING_OUT) {
            rollout.refusals().forEach((machine, refusal) -> {
                if (!refusal.broken()) {
                    refusals.put(machine, refusal);
                }
            });
        }
        refusals.putAll(others.refusals());
        ChangeTimes.Change change = changes.of(observed);
        Plan plan =
                Planner.plan(observed.view().withClaims(refusals), new Foresight(change.time(), others.places()), now);
        return new RolloutPlans(observed, others, change, names).of(plan);
    }

    private static List<String> assumptions(List<RolloutPlan> plans) {
        List<String> assumptions = new ArrayList<>(ASSUMPTIONS);
        if (plans.stream().anyMatch(plan -> plan.state() == DeploymentState.HALTED && plan.planned() > 0)) {
            assumptions.addFirst("what is halted is resumed now, and machines that failed are tried afresh");
        }
        return assumptions;
    }

    private static @Nullable Duration longest(List<RolloutPlan> plans) {
        Duration longest = Duration.ZERO;
        for (RolloutPlan plan : plans) {
            Duration expected = plan.expected();
            if (expected == null) {
                return null;
            }
            longest = expected.compareTo(longest) > 0 ? expected : longest;
        }
        return longest;
    }
}

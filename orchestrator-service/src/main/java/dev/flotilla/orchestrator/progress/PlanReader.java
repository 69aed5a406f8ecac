package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.orchestrator.world.DeploymentParts;
import dev.flotilla.platform.paging.Cursors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What deployments will still do, and those that are not declared yet would do. */
@Component
class PlanReader {
    private static final List<String> ASSUMPTIONS = List.of(
            "nothing fails, no machine is lost or comes back, and nobody gives a command",
            "policies stay as they are stored, and begin and end when they say; where a wait has no known end, others go first after the progress deadline",
            "nobody else works on these machines meanwhile");
    private final Rollouts rollouts;
    private final RolloutPlanReader plans;
    private final DeploymentParts parts;
    private final InstantSource time;

    PlanReader(Rollouts rollouts, RolloutPlanReader plans, DeploymentParts parts, InstantSource time) {
        this.rollouts = rollouts;
        this.plans = plans;
        this.parts = parts;
        this.time = time;
    }

    /**
     * Which of the rollouts, and how many machines to name in each wave.
     *
     * @param after the id of the rollout that they follow; empty for none
     */
    record Excerpt(int limit, int names, String after) {}

    /** The plan of a deployment. */
    DeploymentPlan plan(DeploymentProgress deployment, Excerpt excerpt) {
        Instant now = time.instant();
        Page page =
                page(rollouts.of(deployment.id()), excerpt, rollout -> plans.declared(rollout, excerpt.names(), now));
        return new DeploymentPlan(
                deployment.id(),
                deployment.service(),
                deployment.version(),
                deployment.state(),
                deployment.reason(),
                now,
                page.expected(),
                page.asking(),
                assumptions(page.plans()),
                page.plans(),
                page.next());
    }

    /** The plan of a deployment that has not been taken up, as if it were declared now. */
    DeploymentPlan undeclared(Deployment deployment, Excerpt excerpt) {
        Instant now = time.instant();
        List<Rollout> would = parts.of(deployment).stream()
                .map(part -> Undeclared.rollout(deployment, part, now))
                .sorted(Comparator.comparing(Rollout::id))
                .toList();
        Page page = page(would, excerpt, rollout -> plans.undeclared(rollout, excerpt.names(), now));
        return new DeploymentPlan(
                deployment.id(),
                deployment.service(),
                deployment.version(),
                DeploymentState.ROLLING_OUT,
                null,
                now,
                page.expected(),
                page.asking(),
                assumptions(page.plans()),
                page.plans(),
                page.next());
    }

    private record Page(List<RolloutPlan> plans, @Nullable String next) {
        @Nullable
        Duration expected() {
            Duration longest = Duration.ZERO;
            for (RolloutPlan plan : plans) {
                Duration expected = plan.expected();
                if (expected == null) {
                    return null;
                }
                longest = longer(longest, expected);
            }
            return longest;
        }

        /** What would be left of the time if all tenants answered at once is the rest of it. */
        Duration asking() {
            Duration expected = expected();
            Duration atOnce = Duration.ZERO;
            for (RolloutPlan plan : plans) {
                Duration whole = plan.expected();
                atOnce = whole == null ? atOnce : longer(atOnce, whole.minus(plan.asking()));
            }
            return expected == null ? Duration.ZERO : expected.minus(atOnce);
        }

        private static Duration longer(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }

    private static Page page(List<Rollout> rollouts, Excerpt excerpt, Function<Rollout, RolloutPlan> plan) {
        String after = excerpt.after();
        List<Rollout> further = rollouts.stream()
                .filter(rollout -> rollout.id().compareTo(after) > 0)
                .limit(excerpt.limit() + 1L)
                .toList();
        List<RolloutPlan> plans =
                further.stream().limit(excerpt.limit()).map(plan).toList();
        return new Page(
                plans,
                further.size() > excerpt.limit()
                        ? Cursors.encode(plans.getLast().id())
                        : null);
    }

    private static List<String> assumptions(List<RolloutPlan> plans) {
        List<String> assumptions = new ArrayList<>(ASSUMPTIONS);
        if (plans.stream()
                .anyMatch(plan ->
                        plan.state() == DeploymentState.HALTED && !plan.waves().isEmpty())) {
            assumptions.addFirst("what is halted is resumed now, and machines that failed are tried afresh");
        }
        if (plans.stream().anyMatch(plan -> !plan.asking().isZero())) {
            assumptions.add("tenants that are asked agree, and take all of their time for it");
        }
        return assumptions;
    }
}

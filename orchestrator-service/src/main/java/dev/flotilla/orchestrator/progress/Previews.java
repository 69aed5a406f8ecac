package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.orchestrator.rollback.Share;
import dev.flotilla.orchestrator.rollback.Takeback;
import dev.flotilla.orchestrator.rollout.Intake;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Plans of deployments that nobody has declared: target-service says what would be declared, and what is wrong with it. */
@Component
class Previews {
    private static final int ROLLOUTS = 20;
    private final TargetApi targets;
    private final ProgressReader progress;
    private final PlanReader plans;
    private final Rollback rollback;

    /** Where machines would go back to. */
    @Component
    record Rollback(Takeback takeback, Intake intake) {}

    Previews(TargetApi targets, ProgressReader progress, PlanReader plans, Rollback rollback) {
        this.targets = targets;
        this.progress = progress;
        this.plans = plans;
        this.rollback = rollback;
    }

    DeploymentPlan plan(String service, String version, DeploymentRequest request, PlanReader.Excerpt excerpt) {
        Deployment would = preview(service, version, request);
        Optional<DeploymentProgress> there = would.declared() ? progress.deployment(would.id()) : Optional.empty();
        return there.map(deployment -> plans.plan(deployment, excerpt))
                .orElseGet(() -> plans.undeclared(would, excerpt));
    }

    /** @param only the one rollout that would be taken back; null for all of the deployment */
    RollbackPlan rollback(DeploymentProgress deployment, @Nullable String only, int names) {
        List<Rollout> taken = rollback.takeback().of(deployment.id(), only);
        if (taken.isEmpty()) {
            String what = only == null ? deployment.id() : only;
            throw ProblemException.conflict(Commanding.refusal(Command.ROLL_BACK, what, deployment));
        }
        long asOf = rollback.intake().revision();
        SortedMap<String, Share> shares = rollback.takeback().shares(taken);
        if (shares.isEmpty()) {
            throw ProblemException.conflict(rollback.takeback().refusal(deployment.id(), taken));
        }
        List<DeploymentPlan> ways = new ArrayList<>();
        shares.forEach((version, share) -> {
            DeploymentRequest request = share.request(taken.getFirst(), "rollback of " + deployment.id(), asOf);
            ways.add(plan(deployment.service(), version, request, new PlanReader.Excerpt(ROLLOUTS, names, "")));
        });
        return new RollbackPlan(deployment.id(), ways, rollback.takeback().leftBehind(taken, shares));
    }

    /** What is wrong with the request is the caller's, who asked for the same. */
    private Deployment preview(String service, String version, DeploymentRequest request) {
        try {
            return targets.preview(service, version, request);
        } catch (RemoteProblem e) {
            HttpStatus status = HttpStatus.resolve(e.status());
            if (status == null
                    || !status.is4xxClientError()
                    || status == HttpStatus.UNAUTHORIZED
                    || status == HttpStatus.FORBIDDEN) {
                throw e;
            }
            String detail = e.problem().detail();
            throw ProblemException.of(
                    status, detail == null ? "" : detail, e.problem().errors());
        }
    }
}

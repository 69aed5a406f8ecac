package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** Answers how far deployments are and why, and takes commands. */
@RestController
class ProgressController implements OrchestratorApi {
    private static final int MOST_DEPLOYMENTS = 100;
    private static final int MOST_ROLLOUTS = 100;
    private static final int MOST_MACHINES = 10_000;
    /** Those that are not declared yet count as d0. */
    private static final Pattern PLANNED = Pattern.compile("(" + Deployment.UNDECLARED + "|" + ID + ")~[^~]+~[^~]+");

    private final ProgressReader progress;
    private final MachineReader machines;
    private final PlanReader plans;
    private final Previews previews;
    private final Commanding commanding;
    private final Histories histories;

    ProgressController(
            ProgressReader progress,
            MachineReader machines,
            PlanReader plans,
            Previews previews,
            Commanding commanding,
            Histories histories) {
        this.progress = progress;
        this.machines = machines;
        this.plans = plans;
        this.previews = previews;
        this.commanding = commanding;
        this.histories = histories;
    }

    @Override
    public Page<DeploymentProgress> deployments(int limit, @Nullable String cursor) {
        Limits.check(limit, MOST_DEPLOYMENTS);
        long before = cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor);
        List<DeploymentProgress> found = progress.deploymentsBefore(before, limit + 1);
        boolean more = found.size() > limit;
        List<DeploymentProgress> page = more ? found.subList(0, limit) : found;
        return new Page<>(page, more ? Cursors.encode(page.getLast().id().substring(1)) : null);
    }

    @Override
    public DeploymentProgress deployment(String id) {
        return progress.deployment(id).orElseThrow(() -> unknown(id));
    }

    @Override
    public Page<MachineProgress> machines(String id, @Nullable MachinePhase phase, int limit, @Nullable String cursor) {
        Limits.check(limit, MOST_MACHINES);
        deployment(id);
        return machines.machines(id, phase, limit, cursor);
    }

    @Override
    public MachineProgress explanation(String rollout, String machine) {
        return machines.machine(rollout, machine)
                .orElseThrow(() -> ProblemException.notFound("machine", machine, notConcerned(rollout, machine)));
    }

    private static String notConcerned(String rollout, String machine) {
        String[] names = rollout.split("~", 3);
        return "The deployment " + names[0] + " brings nothing to a machine '" + machine + "' in " + names[1] + "/"
                + names[2];
    }

    @Override
    public RolloutExplanation explanation(String rollout) {
        return machines.explanation(rollout)
                .orElseThrow(
                        () -> ProblemException.notFound("rollout", rollout, "There is no rollout '" + rollout + "'"));
    }

    @Override
    public DeploymentPlan plan(String id, int limit, int names, @Nullable String cursor) {
        PlanReader.Excerpt excerpt = excerpt(limit, names, cursor);
        if (cursor != null && !excerpt.after().startsWith(id + '~')) {
            throw Cursors.wrong(cursor);
        }
        return plans.plan(deployment(id), excerpt);
    }

    @Override
    public DeploymentPlan preview(
            String service, String version, DeploymentRequest request, int limit, int names, @Nullable String cursor) {
        return previews.plan(service, version, request, excerpt(limit, names, cursor));
    }

    @Override
    public RollbackPlan rollbackPlan(String id, @Nullable String rollout, int names) {
        return previews.rollback(
                deployment(id), rollout, excerpt(1, names, null).names());
    }

    private static PlanReader.Excerpt excerpt(int limit, int names, @Nullable String cursor) {
        Limits.check(limit, MOST_ROLLOUTS);
        if (names < 0 || names > MOST_MACHINES) {
            throw ProblemException.badRequest("names", "must be from 0 to " + MOST_MACHINES, names);
        }
        return new PlanReader.Excerpt(limit, names, cursor == null ? "" : rollout(cursor));
    }

    private static String rollout(String cursor) {
        String rollout = Cursors.decode(cursor, 1).getFirst();
        if (!PLANNED.matcher(rollout).matches()) {
            throw Cursors.wrong(cursor);
        }
        return rollout;
    }

    @Override
    public DeploymentProgress command(String id, CommandRequest request) {
        return commanding.give(deployment(id), null, request);
    }

    @Override
    public DeploymentProgress commandRollout(String rollout, CommandRequest request) {
        explanation(rollout);
        return commanding.give(deployment(rollout.substring(0, rollout.indexOf('~'))), rollout, request);
    }

    @Override
    public Page<HistoryEntry> history(String id, int limit, @Nullable String cursor) {
        Limits.check(limit, MOST_MACHINES);
        deployment(id);
        return histories.page(id, limit, cursor);
    }

    static ProblemException unknown(String id) {
        return ProblemException.notFound(
                "id",
                id,
                "The deployment '" + id
                        + "' is not known here: it was not declared, or only just now; then ask again in a second");
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.ResumeRequest;
import dev.flotilla.orchestrator.rollout.DeploymentStates;
import dev.flotilla.orchestrator.world.Wakes;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.RestController;

/** Answers how far deployments are, and lets halted ones go on. */
@RestController
class ProgressController implements OrchestratorApi {
    private static final Logger log = LoggerFactory.getLogger(ProgressController.class);
    private static final int MOST_DEPLOYMENTS = 100;
    private static final int MOST_MACHINES = 10_000;
    private final ProgressReader progress;
    private final MachineReader machines;
    private final DeploymentStates deployments;
    private final Wakes wakes;
    private final InstantSource time;

    ProgressController(
            ProgressReader progress,
            MachineReader machines,
            DeploymentStates deployments,
            Wakes wakes,
            InstantSource time) {
        this.progress = progress;
        this.machines = machines;
        this.deployments = deployments;
        this.wakes = wakes;
        this.time = time;
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
    public DeploymentProgress resume(String id, ResumeRequest request) {
        Caller caller = Caller.current();
        caller.require(Role.DEPLOYER);
        DeploymentProgress deployment = deployment(id);
        caller.requireService(deployment.service());
        if (!deployments.resume(id, caller.name(), request.reason(), time.instant())) {
            throw ProblemException.conflict("The deployment " + id + " is not halted but " + deployment.state());
        }
        log.info("{}: resumed by {}: {}", id, caller.name(), request.reason());
        wakes.checkNow();
        return deployment(id);
    }

    static ProblemException unknown(String id) {
        return ProblemException.notFound(
                "id",
                id,
                "The deployment '" + id
                        + "' is not known here: it was not declared, or only just now; then ask again in a second");
    }
}

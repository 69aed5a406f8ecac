package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.orchestrator.rollout.Intake.Part;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.Map;

/** Rollouts as they would be if their deployment were declared now. */
final class Undeclared {
    private Undeclared() {}

    /** Newer than all there are, with nothing done yet. */
    static Rollout rollout(Deployment deployment, Part part, Instant now) {
        return new Rollout(
                Rollout.id(
                        deployment.id(),
                        part.group().environment(),
                        part.group().machineFunction()),
                deployment.id(),
                deployment.declared() ? deployment.revision() : Long.MAX_VALUE,
                deployment.service(),
                deployment.version(),
                deployment.payload(),
                deployment.options().orDefaults(),
                part.group().environment(),
                part.group().machineFunction(),
                part.machines(),
                DeploymentState.ROLLING_OUT,
                null,
                0,
                new Counts(part.size(), 0, 0, 0, 0, 0, 0),
                Map.of(),
                now,
                now,
                null,
                null,
                null,
                null);
    }
}

package dev.flotilla.orchestrator.world;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.orchestrator.rollout.Intake;
import dev.flotilla.orchestrator.rollout.Intake.Part;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Follows the declarations of target-service and takes each in, in their order, once over all instances. */
@Component
class DeploymentFollower {
    private static final Logger log = LoggerFactory.getLogger(DeploymentFollower.class);
    private static final int PAGE = 100;
    private final TargetApi targets;
    private final DeploymentParts parts;
    private final Intake intake;
    private final Wakes wakes;
    private final InstantSource time;

    DeploymentFollower(TargetApi targets, DeploymentParts parts, Intake intake, Wakes wakes, InstantSource time) {
        this.targets = targets;
        this.parts = parts;
        this.intake = intake;
        this.wakes = wakes;
        this.time = time;
    }

    /** Takes in what is new, a page at most; says how long to pause before the next time. */
    Duration follow(Duration interval) {
        long after = intake.revision();
        List<DeploymentSummary> declared = targets.deploymentsAfter(after, PAGE).items();
        for (DeploymentSummary summary : declared) {
            if (!take(after, summary.id())) {
                return Duration.ZERO;
            }
            after = summary.revision();
        }
        return declared.size() == PAGE ? Duration.ZERO : interval;
    }

    private boolean take(long after, String id) {
        Deployment deployment = targets.deployment(id);
        List<Part> parts = this.parts.of(deployment);
        boolean mine = intake.take(after, deployment, parts, time.instant());
        if (mine) {
            wakes.checkNow();
            log.info(
                    "deployment {}: {} {} for {} machines in {} rollouts, declared by {}",
                    id,
                    deployment.service(),
                    deployment.version(),
                    parts.stream().mapToInt(Part::size).sum(),
                    parts.size(),
                    deployment.declaredBy());
        }
        return mine;
    }
}

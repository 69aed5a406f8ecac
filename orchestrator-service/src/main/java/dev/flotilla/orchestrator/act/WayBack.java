package dev.flotilla.orchestrator.act;

import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.orchestrator.rollback.Share;
import dev.flotilla.orchestrator.rollback.WaysBack;
import dev.flotilla.orchestrator.rollout.Intake;
import dev.flotilla.orchestrator.rollout.Rollbacks;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Declares the way back of deployments that are taken back: for each last good version a deployment of the machines that had it. Saying it again
 * is harmless: target-service finds the same declaration, or refuses what something newer has taken over.
 */
@Component
class WayBack {
    private static final Logger log = LoggerFactory.getLogger(WayBack.class);
    private final Rollbacks rollbacks;
    private final Rollouts rollouts;
    private final Intake intake;
    private final WaysBack ways;
    private final TargetApi targets;
    private final InstantSource time;

    WayBack(
            Rollbacks rollbacks,
            Rollouts rollouts,
            Intake intake,
            WaysBack ways,
            TargetApi targets,
            InstantSource time) {
        this.rollbacks = rollbacks;
        this.rollouts = rollouts;
        this.intake = intake;
        this.ways = ways;
        this.targets = targets;
        this.time = time;
    }

    /** Declares what is due; says how long to pause. */
    Duration declare(Duration interval) {
        for (Rollbacks.Open open : rollbacks.open()) {
            try {
                rollbacks.settle(open, declare(open), time.instant());
            } catch (RemoteProblem e) {
                log.warn("{} can't be rolled back yet: {}", open.deployment(), e.getMessage());
                rollbacks.trouble(
                        open, "it can't be rolled back yet: " + e.problem().detail(), time.instant());
            } catch (RuntimeException e) {
                log.warn("{} can't be rolled back yet: {}", open.deployment(), e.toString());
            }
        }
        return interval;
    }

    /** What was declared, in words. */
    private String declare(Rollbacks.Open open) {
        long asOf = intake.revision();
        List<Rollout> taken = open.rollouts().stream()
                .flatMap(id -> rollouts.find(id).stream())
                .toList();
        SortedMap<String, Share> shares = ways.of(taken);
        if (shares.isEmpty()) {
            List<String> declared = rollbacks.of(open.deployment());
            if (!declared.isEmpty()) {
                return "its machines go back with " + String.join(", ", declared);
            }
            return "there is nothing to go back to: none of its machines, as far as they are still its own, ran another version that was"
                    + " complete before";
        }
        Rollout first = taken.getFirst();
        String why = "rollback of " + open.deployment() + " by " + open.askedBy() + ": " + open.reason();
        List<String> declared = new ArrayList<>();
        shares.forEach((version, share) -> {
            DeploymentRequest request = share.request(first, why, asOf);
            String id = targets.requestDeployPayloadToTargets(first.service(), version, request)
                    .id();
            declared.add(id + " brings " + version + " back to " + share);
        });
        String outcome = String.join(", ", declared);
        log.info("{} is rolled back: {}", open.deployment(), outcome);
        return outcome;
    }
}

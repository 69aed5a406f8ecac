package dev.flotilla.orchestrator.act;

import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.orchestrator.rollback.LeftBehind;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
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
                bringBack(open);
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

    private void bringBack(Rollbacks.Open open) {
        long asOf = intake.revision();
        List<Rollout> taken = open.rollouts().stream()
                .flatMap(id -> rollouts.find(id).stream())
                .toList();
        SortedMap<String, Share> shares = ways.of(taken);
        List<String> left = ways.left(taken, shares);
        SortedMap<String, String> behind = new TreeMap<>();
        ways.leftBehind(taken, shares)
                .forEach(machines -> behind.put(machines.rollout().id(), machines.toString()));
        String stays = behind.isEmpty()
                ? ""
                : "; " + LeftBehind.sentence(taken.getFirst().version(), List.copyOf(behind.values()));
        SequencedSet<String> declared = new LinkedHashSet<>(rollbacks.of(open.deployment()));
        if (shares.isEmpty()) {
            String outcome = declared.isEmpty()
                    ? "there is nothing to go back to: none of its machines, as far as they are still its own, ran another version that was"
                            + " complete before"
                    : "its machines go back with " + String.join(", ", declared);
            rollbacks.settle(open, List.copyOf(declared), left, behind, outcome + stays, time.instant());
            return;
        }
        Rollout first = taken.getFirst();
        String why = "rollback of " + open.deployment() + " by " + open.askedBy() + ": " + open.reason();
        List<String> words = new ArrayList<>();
        shares.forEach((version, share) -> {
            DeploymentRequest request = share.request(first, why, asOf);
            String id = targets.requestDeployPayloadToTargets(first.service(), version, request)
                    .id();
            declared.add(id);
            words.add(id + " brings " + version + " back to " + share);
        });
        String outcome = String.join(", ", words) + stays;
        rollbacks.settle(open, List.copyOf(declared), left, behind, outcome, time.instant());
        log.info("{} is rolled back: {}", open.deployment(), outcome);
    }
}

package dev.flotilla.orchestrator.act;

import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.orchestrator.rollout.Claim;
import dev.flotilla.orchestrator.rollout.Intake;
import dev.flotilla.orchestrator.rollout.Rollbacks;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.orchestrator.world.Topology;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final int REASON = 1000;
    private final Rollbacks rollbacks;
    private final Rollouts rollouts;
    private final Intake intake;
    private final Topology topology;
    private final TargetApi targets;
    private final InstantSource time;

    WayBack(
            Rollbacks rollbacks,
            Rollouts rollouts,
            Intake intake,
            Topology topology,
            TargetApi targets,
            InstantSource time) {
        this.rollbacks = rollbacks;
        this.rollouts = rollouts;
        this.intake = intake;
        this.topology = topology;
        this.targets = targets;
        this.time = time;
    }

    /** What goes back to one version. */
    private record Share(List<String> machines, List<MachineGroup> groups) {
        Share() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public String toString() {
            String named = machines.size() + (machines.size() == 1 ? " machine" : " machines");
            return groups.isEmpty() ? named : named + " and " + groups.size() + " whole groups";
        }
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
        SortedMap<String, Share> shares = new TreeMap<>();
        taken.forEach(rollout -> share(rollout, shares));
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
            DeploymentRequest request = new DeploymentRequest(
                    share.machines(),
                    share.groups(),
                    first.options().forRollback(),
                    why.length() <= REASON ? why : why.substring(0, REASON),
                    open.deployment(),
                    asOf);
            String id = targets.requestDeployPayloadToTargets(first.service(), version, request)
                    .id();
            declared.add(id + " brings " + version + " back to " + share);
        });
        String outcome = String.join(", ", declared);
        log.info("{} is rolled back: {}", open.deployment(), outcome);
        return outcome;
    }

    private void share(Rollout rollout, Map<String, Share> shares) {
        List<Claim> newer = rollouts.newerThan(rollout);
        if (rollout.machines() == null && newer.isEmpty()) {
            String version = rollbacks.lastGoodOfGroup(rollout).orElse(null);
            if (version != null) {
                if (!version.equals(rollout.version())) {
                    shares.computeIfAbsent(version, v -> new Share())
                            .groups()
                            .add(new MachineGroup(rollout.environment(), rollout.machineFunction()));
                }
                return;
            }
        }
        Topology.Machines there = topology.of(rollout);
        if (there.trouble() != null) {
            throw new IllegalStateException("the topology can't be read: " + there.trouble());
        }
        List<String> named = rollout.machines();
        new TreeMap<>(rollbacks.lastGood(rollout)).forEach((machine, version) -> {
            boolean own = there.machines().containsKey(machine)
                    && (named == null || named.contains(machine))
                    && newer.stream().noneMatch(claim -> claim.covers(machine));
            if (own && !version.equals(rollout.version())) {
                shares.computeIfAbsent(version, v -> new Share()).machines().add(machine);
            }
        });
    }
}

package dev.flotilla.orchestrator.world;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.orchestrator.rollout.Intake;
import dev.flotilla.orchestrator.rollout.Intake.Part;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Follows the declarations of target-service and takes each in, in their order, once over all instances. */
@Component
class DeploymentFollower {
    private static final Logger log = LoggerFactory.getLogger(DeploymentFollower.class);
    private static final int PAGE = 100;
    private final TargetApi targets;
    private final DeviceApi devices;
    private final Intake intake;
    private final Wakes wakes;
    private final InstantSource time;

    DeploymentFollower(TargetApi targets, DeviceApi devices, Intake intake, Wakes wakes, InstantSource time) {
        this.targets = targets;
        this.devices = devices;
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
        List<Part> parts = parts(deployment);
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

    private List<Part> parts(Deployment deployment) {
        Map<MachineGroup, Part> parts = new LinkedHashMap<>();
        if (!deployment.targets().groups().isEmpty()) {
            Map<MachineGroup, Integer> sizes = sizes();
            deployment
                    .targets()
                    .groups()
                    .forEach(group -> parts.put(group, new Part(group, null, sizes.getOrDefault(group, 0))));
        }
        named(deployment)
                .forEach((group, machines) -> parts.putIfAbsent(group, new Part(group, machines, machines.size())));
        return List.copyOf(parts.values());
    }

    private Map<MachineGroup, Integer> sizes() {
        Map<MachineGroup, Integer> sizes = new HashMap<>();
        devices.groups()
                .forEach(count -> sizes.merge(
                        new MachineGroup(count.environment(), count.machineFunction()),
                        (int) count.machines(),
                        Integer::sum));
        return sizes;
    }

    private Map<MachineGroup, List<String>> named(Deployment deployment) {
        Map<MachineGroup, List<String>> named = new HashMap<>();
        if (deployment.targets().machines().isEmpty()) {
            return named;
        }
        MachineLookup found =
                devices.lookup(new MachineLookup.Request(deployment.targets().machines()));
        for (Machine machine : found.machines()) {
            named.computeIfAbsent(
                            new MachineGroup(machine.environment(), machine.machineFunction()),
                            group -> new ArrayList<>())
                    .add(machine.name());
        }
        if (!found.unknown().isEmpty()) {
            log.warn(
                    "deployment {}: {} of its machines were retired before it was taken up, the first is {}; they are left out",
                    deployment.id(),
                    found.unknown().size(),
                    found.unknown().getFirst());
        }
        return named;
    }
}

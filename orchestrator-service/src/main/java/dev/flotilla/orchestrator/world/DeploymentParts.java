package dev.flotilla.orchestrator.world;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.orchestrator.rollout.Intake.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Divides deployments into what becomes a rollout each: their part in one (environment, machine function). */
@Component
public class DeploymentParts {
    private static final Logger log = LoggerFactory.getLogger(DeploymentParts.class);
    private final DeviceApi devices;

    DeploymentParts(DeviceApi devices) {
        this.devices = devices;
    }

    /** What it has in each group now. Machines that device-manager does not know are left out. */
    public List<Part> of(Deployment deployment) {
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
        if (deployment.declared() && !found.unknown().isEmpty()) {
            log.warn(
                    "deployment {}: {} of its machines are retired, the first is {}; they are left out",
                    deployment.id(),
                    found.unknown().size(),
                    found.unknown().getFirst());
        }
        return named;
    }
}

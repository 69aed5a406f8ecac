package dev.flotilla.target.declaration;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Asks the services that know whether what a declaration names exists. */
@Component
class TargetChecks {
    private final UploadApi uploads;
    private final DeviceApi devices;

    TargetChecks(UploadApi uploads, DeviceApi devices) {
        this.uploads = uploads;
        this.devices = devices;
    }

    /** The bytes of a version; empty where there is no such version, or it is just being deleted. */
    Optional<Payload> payload(String service, String version) {
        try {
            return Optional.of(uploads.version(service, version).payload());
        } catch (RemoteProblem e) {
            if (e.status() == HttpStatus.NOT_FOUND.value()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Answers 422 with every machine and group that does not exist.
     *
     * @return the groups of the machines that are named one by one
     */
    Set<MachineGroup> requireKnown(TargetList targets) {
        List<FieldError> errors = new ArrayList<>();
        Set<MachineGroup> groups = Set.of();
        if (!targets.machines().isEmpty()) {
            MachineLookup lookup =
                    devices.lookup(new MachineLookup.Request(targets.targets().machines()));
            Set<String> unknown = Set.copyOf(lookup.unknown());
            for (TargetList.NamedMachine machine : targets.machines()) {
                if (unknown.contains(machine.name())) {
                    errors.add(ProblemException.error(
                            machine.place(), "is no machine that device-manager knows", machine.name()));
                }
            }
            groups = lookup.machines().stream().map(TargetChecks::groupOf).collect(Collectors.toSet());
        }
        if (!targets.groups().isEmpty()) {
            addUnknownGroups(targets.groups(), errors);
        }
        TargetList.refuse("unknown", errors);
        return groups;
    }

    private void addUnknownGroups(List<MachineGroup> named, List<FieldError> errors) {
        Set<MachineGroup> known = devices.groups().stream()
                .map(group -> new MachineGroup(group.environment(), group.machineFunction()))
                .collect(Collectors.toSet());
        for (int i = 0; i < named.size(); i++) {
            if (!known.contains(named.get(i))) {
                errors.add(ProblemException.error(
                        "groups[" + i + "]", "has no machines in device-manager", TargetList.shown(named.get(i))));
            }
        }
    }

    private static MachineGroup groupOf(Machine machine) {
        return new MachineGroup(machine.environment(), machine.machineFunction());
    }
}

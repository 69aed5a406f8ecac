package dev.flotilla.api.target;

import java.util.List;

/** What a deployment names: machines, groups of them, or both; at least one of either. */
public record Targets(List<String> machines, List<MachineGroup> groups) {
    public Targets {
        machines = machines == null ? List.of() : List.copyOf(machines);
        groups = groups == null ? List.of() : List.copyOf(groups);
    }
}

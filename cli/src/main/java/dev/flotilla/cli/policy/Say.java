package dev.flotilla.cli.policy;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.time.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tenant that is asked, or told, before these machines of it are changed. */
record Say(String tenant, TenantSettings settings, List<String> machines) {
    /** About so many tenants one question can be. */
    private static final int MOST = 100;

    /** The tenants of these machines that have one, by name. */
    static List<Say> about(List<Machine> machines, MaintenanceApi engine) {
        SortedMap<String, List<String>> owned = new TreeMap<>();
        machines.stream()
                .filter(machine -> machine.tenant() != null)
                .forEach(machine -> owned.computeIfAbsent(
                                Objects.requireNonNull(machine.tenant()), any -> new ArrayList<>())
                        .add(machine.name()));
        List<String> tenants = List.copyOf(owned.keySet());
        List<Say> all = new ArrayList<>();
        for (int from = 0; from < tenants.size(); from += MOST) {
            List<String> some = tenants.subList(from, Math.min(tenants.size(), from + MOST));
            engine.tenants(some, MOST, null).items().stream()
                    .filter(stored -> stored.settings().asking() != Asking.NEVER)
                    .forEach(stored -> all.add(new Say(
                            stored.tenant(), stored.settings(), Objects.requireNonNull(owned.get(stored.tenant())))));
        }
        return all;
    }

    String words() {
        String which = "about " + MachineRanges.of(machines);
        String deadline = settings.deadline() == null ? "its time" : Durations.text(settings.deadline());
        return "Tenant " + tenant
                + (settings.asking() == Asking.NOTIFY
                        ? " is told " + which + " first: " + deadline + " ahead."
                        : " is asked " + which + " first, and has " + deadline + " to answer; silence means "
                                + (settings.onSilence() == OnSilence.GO_AHEAD ? "going ahead." : "waiting."));
    }
}

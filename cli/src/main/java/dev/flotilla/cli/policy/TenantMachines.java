package dev.flotilla.cli.policy;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.device.TenantAssignment;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.terminal.MachineRanges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose machines are whose. */
record TenantMachines(Remote remote) {

    /** Gives machines to a tenant, or to nobody. */
    List<Machine> give(@Nullable String tenant, List<String> names) {
        MachineLookup found = remote.devices().lookup(new MachineLookup.Request(names));
        if (!found.unknown().isEmpty()) {
            throw new CliFailure(
                    Exit.REFUSED, "There is no " + MachineRanges.of(found.unknown()) + "; nothing was changed.");
        }
        return remote.devices().giveMachines(new TenantAssignment(tenant, names));
    }

    /** The machines of a tenant in words, as far as they are to be named. */
    String words(String tenant, Limit limit) {
        List<Machine> machines = limit.read((size, cursor) -> remote.topology().machinesOf(tenant, size, cursor));
        return machines.isEmpty()
                ? "none"
                : (limit.more() ? "the first " : "") + machines.size() + ": "
                        + MachineRanges.of(machines.stream().map(Machine::name).toList());
    }
}

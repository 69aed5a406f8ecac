package dev.flotilla.cli.cluster;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.standalone.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the machines of the local cluster stand: spread evenly over two environments in two regions that back each other up, two
 * machine functions, and five fault domains.
 */
final class Topology {
    private static final List<String> ENVIRONMENTS = List.of("prod-a", "prod-b");
    private static final List<String> REGIONS = List.of("region-a", "region-b");
    private static final List<String> FUNCTIONS = List.of("web", "db");
    private static final int FAULT_DOMAINS = 5;

    private Topology() {}

    /** The machine {@code mN}. */
    static Machine machine(int number, String address) {
        int place = number - 1;
        int environment = place % ENVIRONMENTS.size();
        place /= ENVIRONMENTS.size();
        int function = place % FUNCTIONS.size();
        place /= FUNCTIONS.size();
        return new Machine(
                "m" + number,
                ENVIRONMENTS.get(environment),
                FUNCTIONS.get(function),
                "fd-" + (place % FAULT_DOMAINS + 1),
                REGIONS.get(environment),
                address);
    }

    /** Registers the machines that are not yet known. Those that are stay where they are and are told where their agent is now. */
    static void register(DataFolder data, ClusterOptions options) {
        DeviceApi devices = Remote.asOperator(data).devices();
        String address = options.address(Part.AGENT).toString();
        List<Machine> wanted = new ArrayList<>();
        for (int number = 1; number <= options.machines(); number++) {
            wanted.add(machine(number, address));
        }
        MachineLookup known = devices.lookup(
                new MachineLookup.Request(wanted.stream().map(Machine::name).toList()));
        List<Machine> changes = changes(wanted, known, address);
        if (!changes.isEmpty()) {
            devices.importMachines(changes);
        }
    }

    /** The wanted machines that are unknown, and the known ones whose address is another. */
    static List<Machine> changes(List<Machine> wanted, MachineLookup known, String address) {
        List<Machine> changes = new ArrayList<>();
        for (Machine machine : known.machines()) {
            if (!machine.address().equals(address)) {
                changes.add(machine.at(address));
            }
        }
        wanted.stream()
                .filter(machine -> known.unknown().contains(machine.name()))
                .forEach(changes::add);
        return changes;
    }
}

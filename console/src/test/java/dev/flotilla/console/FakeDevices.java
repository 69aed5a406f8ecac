package dev.flotilla.console;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.ImportResult;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineGroupCount;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.device.TenantAssignment;
import dev.flotilla.platform.client.RemoteProblem;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Topology in memory. */
class FakeDevices implements DeviceApi {
    private final ConcurrentSkipListMap<String, Machine> machines = new ConcurrentSkipListMap<>();

    void add(Machine machine) {
        machines.put(machine.name(), machine);
    }

    @Override
    public Page<Machine> machines(
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable String faultDomain,
            @Nullable String region,
            int limit,
            @Nullable String cursor) {
        List<Machine> items = machines.tailMap(cursor == null ? "" : cursor, false).values().stream()
                .limit(limit)
                .toList();
        return new Page<>(items, items.size() < limit ? null : items.getLast().name());
    }

    @Override
    public Machine machine(String machine) {
        Machine found = machines.get(machine);
        if (found == null) {
            throw missing("device-manager", machine);
        }
        return found;
    }

    static RemoteProblem missing(String service, String what) {
        return new RemoteProblem(service, new Problem(null, "Not Found", 404, "There is no " + what, null, List.of()));
    }

    @Override
    public Machine putMachine(String machine, Machine body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteMachine(String machine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Machine> giveMachines(TenantAssignment assignment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ImportResult importMachines(List<Machine> imported) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MachineLookup lookup(MachineLookup.Request request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MachineGroupCount> groups() {
        throw new UnsupportedOperationException();
    }
}

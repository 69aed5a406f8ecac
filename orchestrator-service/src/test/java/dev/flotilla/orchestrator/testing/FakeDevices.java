package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.ImportResult;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineGroupCount;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.device.TenantAssignment;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Topology in memory. */
public final class FakeDevices implements DeviceApi {
    private final Map<String, Machine> machines = new ConcurrentSkipListMap<>();
    private final AtomicLong revision = new AtomicLong();
    public volatile boolean down;

    /** How many questions were not answered because it was down. */
    public final AtomicInteger turnedAway = new AtomicInteger();

    public void add(Machine machine) {
        machines.put(machine.name(), machine);
        revision.incrementAndGet();
    }

    @Nullable
    Machine find(String machine) {
        return machines.get(machine);
    }

    public Machine place(String machine) {
        return Objects.requireNonNull(machines.get(machine));
    }

    public void retire(String machine) {
        machines.remove(machine);
        revision.incrementAndGet();
    }

    private void check() {
        if (down) {
            turnedAway.incrementAndGet();
            throw new RemoteUnavailable("device-manager", "it is down", null);
        }
    }

    @Override
    public Page<Machine> machines(
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable String faultDomain,
            @Nullable String region,
            int limit,
            @Nullable String cursor) {
        check();
        return new Page<>(
                machines.values().stream()
                        .filter(machine -> machine.environment().equals(environment)
                                && machine.machineFunction().equals(machineFunction))
                        .toList(),
                null);
    }

    @Override
    public MachineLookup lookup(MachineLookup.Request request) {
        check();
        return new MachineLookup(
                request.names().stream()
                        .filter(machines::containsKey)
                        .map(machines::get)
                        .toList(),
                request.names().stream()
                        .filter(name -> !machines.containsKey(name))
                        .toList());
    }

    @Override
    public List<MachineGroupCount> groups() {
        check();
        long now = revision.get();
        return machines.values().stream()
                .map(machine -> new MachineGroupCount(
                        machine.environment(), machine.machineFunction(), machine.region(), 1, 1, now))
                .distinct()
                .toList();
    }

    @Override
    public Machine machine(String machine) {
        throw new UnsupportedOperationException();
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
    public ImportResult importMachines(List<Machine> machines) {
        throw new UnsupportedOperationException();
    }
}

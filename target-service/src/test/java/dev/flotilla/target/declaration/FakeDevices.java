package dev.flotilla.target.declaration;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.ImportResult;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineGroupCount;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.device.TenantAssignment;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device-manager that knows m1 to m100000: those with even numbers in east/web, the others in west/web. */
final class FakeDevices implements DeviceApi {
    private volatile boolean away;

    void comeBack() {
        away = false;
    }

    void goAway() {
        away = true;
    }

    @Override
    public MachineLookup lookup(MachineLookup.Request request) {
        if (away) {
            throw new RemoteUnavailable("device-manager", "it is away", null);
        }
        List<Machine> known = request.names().stream()
                .filter(FakeDevices::known)
                .map(FakeDevices::placed)
                .toList();
        List<String> unknown =
                request.names().stream().filter(name -> !known(name)).toList();
        return new MachineLookup(known, unknown);
    }

    @Override
    public List<MachineGroupCount> groups() {
        return List.of(
                new MachineGroupCount("east", "web", "r1", 50_000, 1, 1),
                new MachineGroupCount("west", "web", "r2", 50_000, 1, 1));
    }

    private static boolean known(String name) {
        return name.matches("m([1-9]\\d{0,4}|100000)");
    }

    private static Machine placed(String name) {
        boolean even = Integer.parseInt(name.substring(1)) % 2 == 0;
        return new Machine(name, even ? "east" : "west", "web", "fd1", even ? "r1" : "r2", "http://127.0.0.1:8084");
    }

    @Override
    public Page<Machine> machines(
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable String faultDomain,
            @Nullable String region,
            int limit,
            @Nullable String cursor) {
        throw new UnsupportedOperationException();
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

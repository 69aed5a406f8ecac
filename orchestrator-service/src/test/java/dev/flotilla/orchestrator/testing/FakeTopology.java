package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.Environment;
import dev.flotilla.api.device.GroupLimits;
import dev.flotilla.api.device.GroupStatus;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineFunction;
import dev.flotilla.api.device.Region;
import dev.flotilla.api.device.RegionPair;
import dev.flotilla.api.device.TopologyApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups that allow as many machines to be unavailable as a test says. */
public final class FakeTopology implements TopologyApi {
    public volatile long allowed = 1000;

    @Override
    public GroupStatus group(String environment, String machineFunction) {
        return new GroupStatus(
                environment, machineFunction, "west", 1000, String.valueOf(allowed), allowed, 0, 0, null, List.of());
    }

    @Override
    public List<Environment> environments() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Environment environment(String environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MachineFunction> machineFunctions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Region> regions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Machine> machinesOf(String tenant, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RegionPair> regionPairs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public RegionPair regionPair(String pair) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RegionPair putRegionPair(String pair, RegionPair.Regions body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteRegionPair(String pair) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupStatus putLimits(String environment, String machineFunction, GroupLimits limits) {
        throw new UnsupportedOperationException();
    }
}

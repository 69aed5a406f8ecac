package dev.flotilla.agent;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A registry that remembers the last report of each machine. */
class RecordingRegistry implements RegistryApi {
    final AtomicInteger refusals = new AtomicInteger();
    volatile boolean failing;

    private final Map<String, MachineReport> machines = new ConcurrentHashMap<>();
    private final Map<String, Integer> heartbeats = new ConcurrentHashMap<>();

    @Override
    public void report(ReportBatch batch) {
        if (failing) {
            refusals.incrementAndGet();
            throw new RemoteUnavailable("version-registry-service", "a test wants it so", null);
        }
        for (MachineReport report : batch.machines()) {
            machines.put(report.machine(), report);
            heartbeats.merge(report.machine(), 1, Integer::sum);
        }
    }

    @Nullable
    RunningReport latest(String machine, String service) {
        MachineReport report = machines.get(machine);
        return report == null ? null : report.services().get(service);
    }

    int heartbeats(String machine) {
        return heartbeats.getOrDefault(machine, 0);
    }

    @Override
    public void reportRunningVersion(String machine, String service, RunningReport report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<MachineStatus> machines(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MachineStatus machine(String machine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<VersionCount> versions(String service) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<RunningService> machinesWith(String service, String version, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Change> changes(@Nullable String cursor, int limit, Duration wait) {
        throw new UnsupportedOperationException();
    }
}

package dev.flotilla.upload;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A version-registry-service in which tests say what runs where. */
public final class FakeRegistry implements RegistryApi {
    private final List<RunningService> running = new CopyOnWriteArrayList<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();

    public void run(String service, String version, String... machines) {
        for (String machine : machines) {
            running.add(new RunningService(
                    machine, service, version, RunState.RUNNING, null, 0, null, null, Instant.EPOCH));
        }
    }

    public void lose(String machine) {
        lost.add(machine);
    }

    public void beUnreachableFor(String service) {
        unreachable.add(service);
    }

    public void answerAgain(String service) {
        unreachable.remove(service);
    }

    @Override
    public List<VersionCount> versions(String service) {
        if (unreachable.contains(service)) {
            throw new RemoteUnavailable("version-registry-service", "connection refused", null);
        }
        List<VersionCount> counts = new ArrayList<>();
        running.stream()
                .filter(each -> each.service().equals(service))
                .map(RunningService::version)
                .distinct()
                .forEach(version -> {
                    List<RunningService> machines = machinesWith(service, String.valueOf(version), 1000, null)
                            .items();
                    long silent = machines.stream()
                            .filter(each -> lost.contains(each.machine()))
                            .count();
                    counts.add(new VersionCount(String.valueOf(version), machines.size(), Map.of(), silent));
                });
        return counts;
    }

    @Override
    public Page<RunningService> machinesWith(String service, String version, int limit, @Nullable String cursor) {
        return new Page<>(
                running.stream()
                        .filter(each -> each.service().equals(service) && version.equals(each.version()))
                        .limit(limit)
                        .toList(),
                null);
    }

    @Override
    public MachineStatus machine(String machine) {
        return new MachineStatus(machine, Instant.EPOCH, lost.contains(machine), List.of());
    }

    @Override
    public Page<MachineStatus> machines(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reportRunningVersion(String machine, String service, RunningReport report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void report(ReportBatch batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Change> changes(@Nullable String cursor, int limit, Duration wait) {
        throw new UnsupportedOperationException();
    }
}

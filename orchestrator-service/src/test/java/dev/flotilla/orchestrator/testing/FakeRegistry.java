package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The registry in memory: reports, a change feed with long polls, machines that are lost when a test says so. */
public final class FakeRegistry implements RegistryApi {
    private final Map<String, Map<String, RunningService>> machines = new TreeMap<>();
    private final Map<String, Boolean> lost = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long oldest;
    public volatile boolean down;

    /** How often somebody asked while it was down. */
    public final AtomicInteger turnedAway = new AtomicInteger();

    /** A machine that reports, and that nothing runs on. */
    public synchronized void appear(String machine) {
        machines.computeIfAbsent(machine, name -> new TreeMap<>());
        lost.put(machine, false);
        add(Change.Kind.BACK, machine, null);
    }

    public synchronized void lose(String machine) {
        lost.put(machine, true);
        add(Change.Kind.LOST, machine, null);
    }

    /** Forgets the changes until now: whoever stands before is answered 410. */
    public synchronized void forgetChanges() {
        oldest = changes.size();
    }

    @Override
    public synchronized void reportRunningVersion(String machine, String service, RunningReport report) {
        RunningService running = new RunningService(
                machine,
                service,
                report.version(),
                report.effectiveState(),
                report.sha256(),
                report.restarts(),
                report.since(),
                report.order(),
                Instant.now());
        if (lost.getOrDefault(machine, true)) {
            appear(machine);
        }
        machines.computeIfAbsent(machine, name -> new TreeMap<>()).put(service, running);
        add(Change.Kind.SERVICE, machine, running);
    }

    private void add(Change.Kind kind, String machine, @Nullable RunningService running) {
        changes.add(new Change(changes.size() + 1L, kind, machine, running, null, Instant.now()));
        notifyAll();
    }

    public synchronized @Nullable RunningService running(String machine, String service) {
        return machines.getOrDefault(machine, Map.of()).get(service);
    }

    @Override
    public synchronized Page<MachineStatus> machines(int limit, @Nullable String cursor) {
        check();
        return new Page<>(
                machines.entrySet().stream()
                        .map(entry -> new MachineStatus(
                                entry.getKey(),
                                Instant.now(),
                                lost.getOrDefault(entry.getKey(), false),
                                List.copyOf(entry.getValue().values())))
                        .toList(),
                null);
    }

    @Override
    public Page<Change> changes(@Nullable String cursor, int limit, Duration wait) {
        check();
        long end = System.nanoTime() + wait.toNanos();
        synchronized (this) {
            int from = cursor == null || cursor.equals("now") ? changes.size() : Integer.parseInt(cursor);
            if (from < oldest) {
                throw new RemoteProblem(
                        "version-registry-service", new Problem(null, "Gone", 410, "too old", null, List.of()));
            }
            while (changes.size() == from && System.nanoTime() < end && !down) {
                try {
                    wait(50);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            check();
            int to = Math.min(changes.size(), from + limit);
            return new Page<>(changes.subList(from, to), String.valueOf(to));
        }
    }

    private void check() {
        if (down) {
            turnedAway.incrementAndGet();
            throw new RemoteUnavailable("version-registry-service", "it is down", null);
        }
    }

    @Override
    public void report(ReportBatch batch) {
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
}

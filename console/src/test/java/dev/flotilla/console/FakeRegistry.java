package dev.flotilla.console;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.OrderProgress;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What runs where, in memory, with a change feed; it can be away. */
class FakeRegistry implements RegistryApi {
    private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");
    private final TreeMap<String, MachineStatus> statuses = new TreeMap<>();
    private final List<Change> feed = new ArrayList<>();
    private boolean away;

    synchronized void away(boolean value) {
        away = value;
        notifyAll();
    }

    void runs(String machine, String service, String version, RunState state) {
        runs(machine, service, version, state, null);
    }

    synchronized void runs(
            String machine, String service, String version, RunState state, @Nullable OrderProgress order) {
        RunningService running = new RunningService(
                machine,
                service,
                version,
                state,
                "ab".repeat(32),
                state == RunState.CRASHED ? 4 : 0,
                THEN,
                order,
                THEN);
        List<RunningService> services = new ArrayList<>(
                statuses.containsKey(machine) ? statuses.get(machine).services() : List.of());
        services.removeIf(other -> other.service().equals(service));
        services.add(running);
        statuses.put(machine, new MachineStatus(machine, THEN, false, services));
        append(Change.Kind.SERVICE, machine, running);
    }

    synchronized void lost(String machine) {
        MachineStatus before = statuses.get(machine);
        statuses.put(machine, new MachineStatus(machine, THEN, true, before == null ? List.of() : before.services()));
        append(Change.Kind.LOST, machine, null);
    }

    private void append(Change.Kind kind, String machine, @Nullable RunningService running) {
        feed.add(new Change(feed.size() + 1, kind, machine, running, null, THEN));
        notifyAll();
    }

    private void answer() {
        if (away) {
            throw new RemoteUnavailable("version-registry-service", "Connection refused", null);
        }
    }

    @Override
    public synchronized Page<MachineStatus> machines(int limit, @Nullable String cursor) {
        answer();
        List<MachineStatus> items = statuses.tailMap(cursor == null ? "" : cursor, false).values().stream()
                .limit(limit)
                .toList();
        return new Page<>(items, items.size() < limit ? null : items.getLast().machine());
    }

    @Override
    public synchronized MachineStatus machine(String machine) {
        answer();
        MachineStatus found = statuses.get(machine);
        if (found == null) {
            throw FakeDevices.missing("version-registry-service", machine);
        }
        return found;
    }

    @Override
    public synchronized Page<Change> changes(@Nullable String cursor, int limit, Duration wait) {
        answer();
        if ("now".equals(cursor)) {
            return new Page<>(List.of(), String.valueOf(feed.size()));
        }
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        long until = System.nanoTime() + wait.toNanos();
        while (feed.size() == from && until - System.nanoTime() > 1_000_000) {
            try {
                wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Page<>(List.of(), String.valueOf(from));
            }
            answer();
        }
        int to = Math.min(feed.size(), from + limit);
        return new Page<>(feed.subList(from, to), String.valueOf(to));
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
    public List<VersionCount> versions(String service) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<RunningService> machinesWith(String service, String version, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}

package dev.flotilla.device.health;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registry with a change feed whose cursors are numbers of changes. */
final class FakeRegistry implements RegistryApi {
    private final List<Change> changes = new ArrayList<>();
    private List<MachineStatus> machines = List.of();
    private int era;
    private boolean paused;

    synchronized void forget() {
        changes.clear();
        machines = List.of();
        era++;
        paused = false;
        notifyAll();
    }

    synchronized void change(Change.Kind kind, String machine) {
        changes.add(new Change(changes.size() + 1, kind, machine, null, null, Instant.now()));
        notifyAll();
    }

    /** A service is so on a machine from now on. */
    synchronized void runs(String machine, String service, String version, RunState state, int restarts) {
        changes.add(new Change(
                changes.size() + 1,
                Change.Kind.SERVICE,
                machine,
                running(machine, service, version, state, restarts),
                null,
                Instant.now()));
        notifyAll();
    }

    static RunningService running(String machine, String service, String version, RunState state, int restarts) {
        Instant now = Instant.now();
        return new RunningService(machine, service, version, state, null, restarts, now, null, now);
    }

    /** From now on older cursors are gone, and the machines are these. */
    synchronized void loseFeed(List<MachineStatus> now) {
        forget();
        machines = now;
    }

    /** Nothing is answered any more. */
    synchronized void pause() {
        paused = true;
    }

    @Override
    public synchronized Page<Change> changes(@Nullable String cursor, int limit, Duration wait) {
        if (paused) {
            throw new IllegalStateException("paused");
        }
        if (cursor == null || cursor.equals("now")) {
            return new Page<>(List.of(), era + ":" + changes.size());
        }
        if (!cursor.startsWith(era + ":")) {
            throw gone();
        }
        int from = Integer.parseInt(cursor.substring(cursor.indexOf(':') + 1));
        if (from >= changes.size()) {
            try {
                wait(Math.clamp(wait.toMillis(), 1, 200));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!cursor.startsWith(era + ":")) {
            throw gone();
        }
        return new Page<>(List.copyOf(changes.subList(from, changes.size())), era + ":" + changes.size());
    }

    private static RemoteProblem gone() {
        return new RemoteProblem(
                "version-registry-service", new Problem(null, "Gone", 410, "too old", null, List.of()));
    }

    @Override
    public synchronized Page<MachineStatus> machines(int limit, @Nullable String cursor) {
        return new Page<>(machines, null);
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

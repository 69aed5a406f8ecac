package dev.flotilla.registry.fleet;

import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The machines that have one version of one service. One thread changes it, any number read it. */
final class VersionIndex {
    private static final RunState[] STATES = RunState.values();

    private final String service;
    private final String version;
    private final ConcurrentNavigableMap<String, RunningService> byMachine = new ConcurrentSkipListMap<>();
    private final long[] states = new long[STATES.length];
    private long machines;
    private long lost;
    private @Nullable String sha256;

    VersionIndex(String service, String version) {
        this.service = service;
        this.version = version;
    }

    /** The same, with one copy of each string that many machines have in common. */
    RunningService compact(RunningService running, String machine) {
        String digest = running.sha256();
        if (digest != null) {
            if (digest.equals(sha256)) {
                digest = sha256;
            } else {
                sha256 = digest;
            }
        }
        OrderProgress order = running.order();
        if (order != null && order.version().equals(version)) {
            order = new OrderProgress(order.orderId(), version, order.phase(), order.reason());
        }
        return new RunningService(
                machine,
                service,
                version,
                running.state(),
                digest,
                running.restarts(),
                running.since(),
                order,
                running.changedAt());
    }

    synchronized void add(RunningService running, boolean machineLost) {
        byMachine.put(running.machine(), running);
        machines++;
        states[running.state().ordinal()]++;
        lost += machineLost ? 1 : 0;
    }

    synchronized void remove(RunningService running, boolean machineLost) {
        byMachine.remove(running.machine());
        machines--;
        states[running.state().ordinal()]--;
        lost -= machineLost ? 1 : 0;
    }

    synchronized void replace(RunningService old, RunningService running) {
        byMachine.put(running.machine(), running);
        states[old.state().ordinal()]--;
        states[running.state().ordinal()]++;
    }

    synchronized void lost(boolean nowLost) {
        lost += nowLost ? 1 : -1;
    }

    boolean isEmpty() {
        return byMachine.isEmpty();
    }

    synchronized VersionCount count() {
        Map<RunState, Long> inStates = new EnumMap<>(RunState.class);
        for (RunState state : STATES) {
            if (states[state.ordinal()] > 0) {
                inStates.put(state, states[state.ordinal()]);
            }
        }
        return new VersionCount(version, machines, inStates, lost);
    }

    List<RunningService> after(@Nullable String machine, int limit) {
        Map<String, RunningService> rest = machine == null ? byMachine : byMachine.tailMap(machine, false);
        return rest.values().stream().limit(limit).toList();
    }
}

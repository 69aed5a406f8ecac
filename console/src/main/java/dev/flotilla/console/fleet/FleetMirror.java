package dev.flotilla.console.fleet;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.console.watch.ChangeSignal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the console knows of the fleet. The followers write it, all views are made from it; raises the signal at every change. */
@Component
class FleetMirror {
    private final ChangeSignal signal;
    private volatile Topology topology = Topology.EMPTY;
    private volatile Map<String, MachineStatus> statuses = new ConcurrentHashMap<>();
    private volatile boolean topologyRead;
    private volatile boolean read;

    FleetMirror(ChangeSignal signal) {
        this.signal = signal;
    }

    Topology topology() {
        return topology;
    }

    @Nullable
    MachineStatus status(String machine) {
        return statuses.get(machine);
    }

    /** Whether the registry has been read at least once. */
    boolean isRead() {
        return read;
    }

    /** The services that any machine has, by name. */
    Set<String> services() {
        Set<String> services = new TreeSet<>();
        statuses.values()
                .forEach(status -> status.services().forEach(running -> {
                    if (running.version() != null) {
                        services.add(running.service());
                    }
                }));
        return services;
    }

    /** The machines that report but are not in the topology. Empty while not all of it is known. */
    Set<String> strangers() {
        Topology known = topology;
        Set<String> strangers = new TreeSet<>(NaturalOrder.INSTANCE);
        if (known.complete()) {
            statuses.keySet().stream()
                    .filter(machine -> known.machine(machine) == null)
                    .forEach(strangers::add);
        }
        return strangers;
    }

    /** Whether the topology has been read at least once. */
    boolean isTopologyRead() {
        return topologyRead;
    }

    void topology(Topology newer) {
        if (!topologyRead || !newer.equals(topology)) {
            topology = newer;
            topologyRead = true;
            signal.raise();
        }
    }

    void replaceStatuses(Collection<MachineStatus> all) {
        Map<String, MachineStatus> fresh = new ConcurrentHashMap<>(Math.max(16, all.size() * 2));
        all.forEach(status -> fresh.put(status.machine(), status));
        statuses = fresh;
        read = true;
        signal.raise();
    }

    void apply(List<Change> changes) {
        for (Change change : changes) {
            if (!topology.complete() && topology.machine(change.machine()) == null) {
                continue;
            }
            statuses.compute(change.machine(), (machine, before) -> after(change, before));
        }
        if (!changes.isEmpty()) {
            signal.raise();
        }
    }

    private static MachineStatus after(Change change, @Nullable MachineStatus before) {
        List<RunningService> services = before == null ? List.of() : before.services();
        return switch (change.kind()) {
            case LOST ->
                new MachineStatus(change.machine(), before == null ? change.at() : before.lastSeen(), true, services);
            case BACK -> new MachineStatus(change.machine(), change.at(), false, services);
            case SERVICE -> new MachineStatus(change.machine(), change.at(), false, with(services, change.running()));
        };
    }

    private static List<RunningService> with(List<RunningService> services, @Nullable RunningService changed) {
        if (changed == null) {
            return services;
        }
        List<RunningService> result = new ArrayList<>(services);
        result.removeIf(service -> service.service().equals(changed.service()));
        result.add(changed);
        return List.copyOf(result);
    }

    /** The versions of a service that any machine has. */
    Set<String> versions(@Nullable String service) {
        Set<String> versions = new HashSet<>();
        for (MachineStatus status : statuses.values()) {
            RunningService running = running(status, service);
            if (running != null && running.version() != null) {
                versions.add(running.version());
            }
        }
        return versions;
    }

    static @Nullable RunningService running(@Nullable MachineStatus status, @Nullable String service) {
        if (status == null || service == null) {
            return null;
        }
        for (RunningService running : status.services()) {
            if (running.service().equals(service)) {
                return running;
            }
        }
        return null;
    }
}

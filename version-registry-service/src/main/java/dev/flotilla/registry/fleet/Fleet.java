package dev.flotilla.registry.fleet;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What runs where, in memory: a replica of the change log. One thread at a time changes it, first to {@link #load} it, then to
 * {@link #apply} each change in the log's order; any number of threads read it meanwhile.
 */
@Component
public final class Fleet {
    private static final Comparator<VersionCount> WIDEST_FIRST =
            Comparator.comparingLong(VersionCount::machines).reversed().thenComparing(VersionCount::version);

    private final ConcurrentHashMap<String, KnownMachine> machines = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<String, KnownMachine> byName = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<String, ConcurrentHashMap<String, VersionIndex>> services =
            new ConcurrentHashMap<>();
    private volatile int lost;

    /** True for a service that neither runs on a machine nor should, and of which nothing else is known: it is not kept. */
    public static boolean isAbsent(RunningService running) {
        return running.version() == null && running.state() == RunState.STOPPED && running.order() == null;
    }

    public @Nullable KnownMachine machine(String name) {
        return machines.get(name);
    }

    /** All machines, in no order. */
    public Collection<KnownMachine> machines() {
        return Collections.unmodifiableCollection(machines.values());
    }

    /** Machines by name, those after the given one. */
    public List<KnownMachine> after(@Nullable String name, int limit) {
        Map<String, KnownMachine> rest = name == null ? byName : byName.tailMap(name, false);
        return rest.values().stream().limit(limit).toList();
    }

    public int size() {
        return machines.size();
    }

    public int lost() {
        return lost;
    }

    /** The versions of a service that machines have, the most widespread first. */
    public List<VersionCount> versions(String service) {
        return services.getOrDefault(service, new ConcurrentHashMap<>()).values().stream()
                .map(VersionIndex::count)
                .filter(count -> count.machines() > 0)
                .sorted(WIDEST_FIRST)
                .toList();
    }

    /** The machines that have a version, by name, those after the given one. */
    public List<RunningService> machinesWith(String service, String version, @Nullable String after, int limit) {
        Map<String, VersionIndex> versions = services.get(service);
        VersionIndex index = versions == null ? null : versions.get(version);
        return index == null ? List.of() : index.after(after, limit);
    }

    /** Takes in a machine as the database has it. */
    public void load(String name, Instant lastSeen, boolean isLost) {
        KnownMachine machine = known(name);
        machine.written(lastSeen.toEpochMilli());
        setLost(machine, isLost);
    }

    /** Takes in a service as the database has it. */
    public void load(RunningService running) {
        put(known(running.machine()), running);
    }

    /** Takes in a change. */
    public void apply(Change change) {
        KnownMachine machine = known(change.machine());
        switch (change.kind()) {
            case LOST -> setLost(machine, true);
            case BACK -> {
                machine.written(change.at().toEpochMilli());
                setLost(machine, false);
            }
            case SERVICE -> {
                machine.touch(change.at().toEpochMilli());
                RunningService running = change.running();
                if (running != null) {
                    put(machine, running);
                }
            }
        }
    }

    private KnownMachine known(String name) {
        KnownMachine machine = machines.get(name);
        if (machine == null) {
            machine = new KnownMachine(name);
            machines.put(name, machine);
            byName.put(name, machine);
        }
        return machine;
    }

    /** A reader meanwhile finds the machine under the old version, the new one, or both; never under none. */
    private void put(KnownMachine machine, RunningService running) {
        RunningService old = machine.service(running.service());
        VersionIndex from = old == null ? null : index(old);
        if (isAbsent(running)) {
            machine.remove(running.service());
        } else if (running.version() == null) {
            machine.put(running);
        } else {
            VersionIndex to = indexFor(running.service(), running.version());
            RunningService compact = to.compact(running, machine.name());
            machine.put(compact);
            if (to == from && old != null) {
                to.replace(old, compact);
                return;
            }
            to.add(compact, machine.lost());
        }
        if (from != null && old != null) {
            remove(from, old, machine.lost());
        }
    }

    private VersionIndex indexFor(String service, String version) {
        return services.computeIfAbsent(service, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(version, v -> new VersionIndex(service, v));
    }

    private @Nullable VersionIndex index(RunningService running) {
        String version = running.version();
        Map<String, VersionIndex> versions = version == null ? null : services.get(running.service());
        return versions == null || version == null ? null : versions.get(version);
    }

    private void remove(VersionIndex index, RunningService old, boolean machineLost) {
        index.remove(old, machineLost);
        Map<String, VersionIndex> versions = services.get(old.service());
        if (index.isEmpty() && versions != null && old.version() != null) {
            versions.remove(old.version());
            if (versions.isEmpty()) {
                services.remove(old.service());
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread changes it
    private void setLost(KnownMachine machine, boolean nowLost) {
        if (machine.lost() == nowLost) {
            return;
        }
        machine.lost(nowLost);
        lost += nowLost ? 1 : -1;
        for (RunningService running : machine.services()) {
            VersionIndex index = index(running);
            if (index != null) {
                index.lost(nowLost);
            }
        }
    }
}

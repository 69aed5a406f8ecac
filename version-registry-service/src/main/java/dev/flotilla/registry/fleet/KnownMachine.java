package dev.flotilla.registry.fleet;

import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunningService;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine, as the registry knows it. Only {@link Fleet} changes what it runs; anyone may {@link #touch} it. */
public final class KnownMachine {
    private static final RunningService[] NOTHING = {};

    private final String name;
    private volatile RunningService[] services = NOTHING;
    private volatile boolean lost;
    private volatile long lastSeen;
    private volatile long writtenLastSeen;

    KnownMachine(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean lost() {
        return lost;
    }

    /** When it last reported, in milliseconds since 1970. */
    public long lastSeen() {
        return lastSeen;
    }

    /** The last-seen time that the database has, in milliseconds since 1970. */
    public long writtenLastSeen() {
        return writtenLastSeen;
    }

    /** It reported at this time (milliseconds since 1970). An earlier time than the known one has no effect. */
    public void touch(long millis) {
        if (millis > lastSeen) {
            lastSeen = millis;
        }
    }

    /** The database has this last-seen time, whoever wrote it. */
    public void written(long millis) {
        touch(millis);
        if (millis > writtenLastSeen) {
            writtenLastSeen = millis;
        }
    }

    /** What runs, sorted by service; to be read only. */
    public List<RunningService> services() {
        return List.of(services);
    }

    public int serviceCount() {
        return services.length;
    }

    public @Nullable RunningService service(String service) {
        RunningService[] now = services;
        int index = indexOf(now, service);
        return index < 0 ? null : now[index];
    }

    public MachineStatus status() {
        return new MachineStatus(name, Instant.ofEpochMilli(lastSeen), lost, services());
    }

    void lost(boolean nowLost) {
        lost = nowLost;
    }

    void put(RunningService running) {
        RunningService[] now = services;
        int index = indexOf(now, running.service());
        RunningService[] next;
        if (index >= 0) {
            next = now.clone();
            next[index] = running;
        } else {
            int place = -index - 1;
            next = Arrays.copyOf(now, now.length + 1);
            System.arraycopy(now, place, next, place + 1, now.length - place);
            next[place] = running;
        }
        services = next;
    }

    void remove(String service) {
        RunningService[] now = services;
        int index = indexOf(now, service);
        if (index < 0) {
            return;
        }
        RunningService[] next = Arrays.copyOf(now, now.length - 1);
        System.arraycopy(now, index + 1, next, index, next.length - index);
        services = next;
    }

    private static int indexOf(RunningService[] sorted, String service) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted[middle].service().compareTo(service);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}

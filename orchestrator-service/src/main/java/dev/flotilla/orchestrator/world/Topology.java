package dev.flotilla.orchestrator.world;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The machines of rollouts, and where they stand, as device-manager has them; kept for a few seconds. */
@Component
public class Topology {
    private static final int PAGE = 1000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /**
     * An answer of device-manager.
     *
     * @param machines by name
     * @param trouble why it is older than it should be, or empty; null when it is fresh
     */
    public record Machines(
            SequencedMap<String, Machine> machines,
            @Nullable String trouble) {}

    private record Read(SequencedMap<String, Machine> machines, Instant at) {}

    private final DeviceApi devices;
    private final InstantSource time;
    private final Duration maxAge;
    private final Cache<String, Read> answers =
            Caffeine.newBuilder().expireAfterAccess(UNUSED).build();

    Topology(DeviceApi devices, InstantSource time, TopologyProperties properties) {
        this.devices = devices;
        this.time = time;
        this.maxAge = properties.maxAge();
    }

    /** The machines of a rollout: those that it names, or all of its group. Named ones that are retired are missing. */
    public Machines of(Rollout rollout) {
        List<String> named = rollout.machines();
        String key = named == null ? rollout.group() : rollout.id();
        Instant now = time.instant();
        Read last = answers.getIfPresent(key);
        if (last != null && now.isBefore(last.at().plus(maxAge))) {
            return new Machines(last.machines(), null);
        }
        try {
            Read read = new Read(named == null ? group(rollout) : named(named), now);
            answers.put(key, read);
            return new Machines(read.machines(), null);
        } catch (RuntimeException e) {
            return new Machines(last == null ? new LinkedHashMap<>() : last.machines(), String.valueOf(e.getMessage()));
        }
    }

    private SequencedMap<String, Machine> named(List<String> names) {
        return byName(devices.lookup(new MachineLookup.Request(names)).machines());
    }

    private SequencedMap<String, Machine> group(Rollout rollout) {
        SequencedMap<String, Machine> machines = new LinkedHashMap<>();
        String cursor = null;
        do {
            Page<Machine> page =
                    devices.machines(rollout.environment(), rollout.machineFunction(), null, null, PAGE, cursor);
            machines.putAll(byName(page.items()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return machines;
    }

    private static SequencedMap<String, Machine> byName(List<Machine> machines) {
        SequencedMap<String, Machine> byName = new LinkedHashMap<>();
        machines.forEach(machine -> byName.put(machine.name(), machine));
        return byName;
    }
}

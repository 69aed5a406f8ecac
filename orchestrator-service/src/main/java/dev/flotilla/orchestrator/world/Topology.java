package dev.flotilla.orchestrator.world;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The machines of rollouts, and where they stand, as device-manager has them: read anew when the revision of their group changes. */
@Component
public class Topology {
    private static final int PAGE = 1000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /**
     * An answer of device-manager.
     *
     * @param machines by name, in the order in which rollouts change them
     * @param trouble why it is older than it should be, or empty; null when it is fresh
     */
    public record Machines(
            SequencedMap<String, Machine> machines,
            @Nullable String trouble) {}

    private record Read(SequencedMap<String, Machine> machines, long revision) {}

    private final DeviceApi devices;
    private final GroupRevisions revisions;
    private final Words words = new Words();
    private final Cache<String, Read> answers =
            Caffeine.newBuilder().expireAfterAccess(UNUSED).build();

    Topology(DeviceApi devices, GroupRevisions revisions) {
        this.devices = devices;
        this.revisions = revisions;
    }

    /** The machines of a rollout: those that it names, or all of its group. Named ones that are retired are missing. */
    public Machines of(Rollout rollout) {
        List<String> named = rollout.machines();
        String key = named == null ? rollout.group() : rollout.id();
        Read last = answers.getIfPresent(key);
        try {
            long revision = revisions.of(rollout.group());
            if (last == null || last.revision() != revision) {
                last = new Read(named == null ? group(rollout) : named(named), revision);
                answers.put(key, last);
            }
            return new Machines(last.machines(), null);
        } catch (RuntimeException e) {
            return new Machines(last == null ? new LinkedHashMap<>() : last.machines(), String.valueOf(e.getMessage()));
        }
    }

    /** The same for a rollout that there will perhaps never be: nothing is remembered of it. Throws where device-manager gives no answer. */
    public Machines once(Rollout rollout) {
        List<String> named = rollout.machines();
        return named == null ? of(rollout) : new Machines(named(named), null);
    }

    /** The revision of a rollout's machines; null while it can't be read. */
    public @Nullable Long revision(String group) {
        try {
            return revisions.of(group);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private SequencedMap<String, Machine> named(List<String> names) {
        return byName(devices.lookup(new MachineLookup.Request(names)).machines());
    }

    private SequencedMap<String, Machine> group(Rollout rollout) {
        List<Machine> machines = new ArrayList<>();
        String cursor = null;
        do {
            Page<Machine> page =
                    devices.machines(rollout.environment(), rollout.machineFunction(), null, null, PAGE, cursor);
            machines.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return byName(machines);
    }

    private SequencedMap<String, Machine> byName(List<Machine> machines) {
        SequencedMap<String, Machine> byName = new LinkedHashMap<>();
        machines.stream()
                .sorted(Comparator.comparing(Machine::faultDomain, NaturalOrder.INSTANCE)
                        .thenComparing(Machine::name, NaturalOrder.INSTANCE))
                .forEach(machine -> byName.put(machine.name(), lean(machine)));
        return byName;
    }

    /** The same, in the words of all others: thousands of machines share an environment. */
    private Machine lean(Machine machine) {
        return new Machine(
                machine.name(),
                words.same(machine.environment()),
                words.same(machine.machineFunction()),
                words.same(machine.faultDomain()),
                words.same(machine.region()),
                machine.address(),
                machine.tenant() == null ? null : words.same(machine.tenant()));
    }
}

package dev.flotilla.orchestrator.world;

import dev.flotilla.api.device.DeviceApi;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The revisions of all groups' machines, read from device-manager in one question every few seconds. */
@Component
class GroupRevisions {
    private static final long NO_MACHINES = 0;

    /**
     * An answer.
     *
     * @param trouble what went wrong; null where it was answered
     */
    private record Answer(
            Map<String, Long> revisions,
            Instant at,
            @Nullable RuntimeException trouble) {}

    private final DeviceApi devices;
    private final InstantSource time;
    private final TopologyProperties properties;
    private volatile @Nullable Answer last;

    GroupRevisions(DeviceApi devices, InstantSource time, TopologyProperties properties) {
        this.devices = devices;
        this.time = time;
        this.properties = properties;
    }

    /** The revision of a group; throws while device-manager gives no answer. */
    long of(String group) {
        Answer answer = fresh();
        if (answer.trouble() != null) {
            throw answer.trouble();
        }
        return answer.revisions().getOrDefault(group, NO_MACHINES);
    }

    private Answer fresh() {
        Answer answer = last;
        return answer != null && time.instant().isBefore(answer.at().plus(properties.maxAge())) ? answer : read();
    }

    /** One asks for all; whoever comes in the meantime waits for the same answer, be it that there is none. */
    private synchronized Answer read() {
        Answer answer = last;
        Instant now = time.instant();
        if (answer != null && now.isBefore(answer.at().plus(properties.maxAge()))) {
            return answer;
        }
        try {
            Map<String, Long> revisions = new HashMap<>();
            devices.groups()
                    .forEach(group ->
                            revisions.put(group.environment() + '~' + group.machineFunction(), group.revision()));
            answer = new Answer(revisions, now, null);
        } catch (RuntimeException e) {
            answer = new Answer(Map.of(), now.minus(properties.maxAge()).plus(properties.pause()), e);
        }
        last = answer;
        return answer;
    }
}

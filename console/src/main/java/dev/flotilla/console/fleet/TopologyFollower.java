package dev.flotilla.console.fleet;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.console.watch.Follower;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads the topology from time to time, and soon when a machine reports that it does not know, or while there is none. */
@Component
class TopologyFollower implements Follower {
    private static final Logger log = LoggerFactory.getLogger(TopologyFollower.class);
    private static final int PAGE = 1000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final DeviceApi devices;
    private final FleetMirror mirror;
    private final FleetProperties properties;
    private final InstantSource clock;
    private Instant readAt = Instant.MIN;
    private int strangers;

    TopologyFollower(DeviceApi devices, FleetMirror mirror, FleetProperties properties, InstantSource clock) {
        this.devices = devices;
        this.mirror = mirror;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String service() {
        return "device-manager";
    }

    @Override
    public String consequence() {
        return "The machines and their places are from before that.";
    }

    @Override
    public Duration follow() {
        Topology known = mirror.topology();
        if (known.machines().isEmpty()
                || mirror.strangers().size() > strangers
                || clock.instant().isAfter(readAt.plus(properties.topologyRefresh()))) {
            read(known);
        }
        return LOOK;
    }

    private void read(Topology before) {
        List<Machine> all = new ArrayList<>();
        String next = null;
        do {
            Page<Machine> page = devices.machines(null, null, null, null, PAGE, next);
            all.addAll(page.items());
            next = page.nextCursor();
        } while (next != null && all.size() < properties.mostMachines());
        mirror.topology(Topology.of(all, next == null));
        readAt = clock.instant();
        strangers = mirror.strangers().size();
        if (all.size() != before.machines().size()) {
            log.info(
                    "the topology has {} machines{}",
                    all.size(),
                    next == null ? "" : " and more than the console follows");
        }
    }
}

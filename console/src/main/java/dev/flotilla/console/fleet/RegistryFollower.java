package dev.flotilla.console.fleet;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.console.watch.Follower;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads all running versions once, then follows their changes; reads all again now and then, and when it fell too far behind. */
@Component
class RegistryFollower implements Follower {
    private static final Logger log = LoggerFactory.getLogger(RegistryFollower.class);
    private static final int PAGE = 1000;
    private static final Duration BREATH = Duration.ofMillis(200);
    private static final int GONE = 410;

    private final RegistryApi registry;
    private final FleetMirror mirror;
    private final FleetProperties properties;
    private final InstantSource clock;
    private @Nullable String cursor;
    private Instant readAt = Instant.MIN;

    RegistryFollower(RegistryApi registry, FleetMirror mirror, FleetProperties properties, InstantSource clock) {
        this.registry = registry;
        this.mirror = mirror;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String service() {
        return "version-registry-service";
    }

    @Override
    public String consequence() {
        return "The versions and states shown are from before that.";
    }

    @Override
    public Duration follow() {
        String from = cursor;
        if (from == null || clock.instant().isAfter(readAt.plus(properties.resync()))) {
            readAll();
            return Duration.ZERO;
        }
        Page<Change> page;
        try {
            page = registry.changes(from, PAGE, properties.changesWait());
        } catch (RemoteProblem e) {
            if (e.status() != GONE) {
                throw e;
            }
            log.info(
                    "the registry's feed no longer reaches back to where the console stood: reading all machines anew");
            cursor = null;
            return Duration.ZERO;
        }
        mirror.apply(page.items());
        cursor = page.nextCursor();
        return page.items().size() == PAGE ? Duration.ZERO : BREATH;
    }

    private void readAll() {
        // The cursor first: what changes while the pages are read is applied again afterwards, which does no harm.
        String newest = registry.changes("now", 1, Duration.ZERO).nextCursor();
        List<MachineStatus> all = new ArrayList<>();
        String next = null;
        do {
            Page<MachineStatus> page = registry.machines(PAGE, next);
            all.addAll(page.items());
            next = page.nextCursor();
        } while (next != null && all.size() < properties.mostMachines());
        mirror.replaceStatuses(all);
        cursor = newest;
        readAt = clock.instant();
    }
}

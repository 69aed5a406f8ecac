package dev.flotilla.device.health;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Learns from the registry's change feed which machines are lost and found. */
@Component
class RegistryFollower {
    private static final Logger log = LoggerFactory.getLogger(RegistryFollower.class);
    private static final int PAGE = 1_000;
    private static final int GONE = 410;

    private final RegistryApi registry;
    private final LostMachines lost;
    private final HealthProperties properties;

    RegistryFollower(RegistryApi registry, LostMachines lost, HealthProperties properties) {
        this.registry = registry;
        this.lost = lost;
        this.properties = properties;
    }

    /** Reads the next changes, waiting for them a while; reads all machines where there is no place in the feed to go on from. */
    Duration follow() {
        String cursor = lost.cursor();
        if (cursor == null) {
            readAll();
            return Duration.ZERO;
        }
        try {
            Page<Change> page = registry.changes(cursor, PAGE, properties.patience());
            int changed = lost.take(cursor, page.items(), page.nextCursor());
            if (changed > 0) {
                log.info("{} machines were lost or found by the registry", changed);
            }
        } catch (RemoteProblem e) {
            if (e.status() != GONE) {
                throw e;
            }
            log.info("the registry's feed no longer reaches back to where we were: all machines are read anew");
            lost.move(cursor, null);
        }
        return Duration.ZERO;
    }

    /** The cursor is taken first: what changes while the machines are read is then read twice, and not missed. */
    private void readAll() {
        String from = registry.changes("now", 1, Duration.ZERO).nextCursor();
        String next = null;
        do {
            Page<MachineStatus> page = registry.machines(PAGE, next);
            if (!lost.takeAll(page.items())) {
                return;
            }
            next = page.nextCursor();
        } while (next != null);
        if (lost.move(null, from)) {
            log.info("following the registry from now on");
        }
    }
}

package dev.flotilla.device.health;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Learns from the registry's change feed which machines are lost and found, and on which of them services are down. */
@Component
class RegistryFollower {
    private static final Logger log = LoggerFactory.getLogger(RegistryFollower.class);
    private static final int PAGE = 1_000;
    private static final int GONE = 410;

    private final String reader = UUID.randomUUID().toString();
    private final RegistryApi registry;
    private final BrokenMachines broken;
    private final HealthProperties properties;

    RegistryFollower(RegistryApi registry, BrokenMachines broken, HealthProperties properties) {
        this.registry = registry;
        this.broken = broken;
        this.properties = properties;
    }

    /** Reads the next changes, waiting for them a while; reads all machines where there is no place in the feed to go on from. */
    Duration follow() {
        String cursor = broken.cursor();
        if (cursor == null) {
            return readAll() ? Duration.ZERO : properties.pause();
        }
        try {
            Page<Change> page = registry.changes(cursor, PAGE, properties.patience());
            int changed = broken.take(cursor, page.items(), page.nextCursor());
            if (changed > 0) {
                log.info(
                        "{} machines were lost or found, or services on them crashed or came up again, by the registry's word",
                        changed);
            }
        } catch (RemoteProblem e) {
            if (e.status() != GONE) {
                throw e;
            }
            log.info("the registry's feed no longer reaches back to where we were: all machines are read anew");
            broken.forget(cursor);
        }
        return Duration.ZERO;
    }

    /** The cursor is taken first: what changes while the machines are read is then read twice, and not missed. False where another reads them. */
    private boolean readAll() {
        if (!broken.mayReadAll(reader)) {
            return false;
        }
        String from = String.valueOf(registry.changes("now", 1, Duration.ZERO).nextCursor());
        String next = null;
        do {
            Page<MachineStatus> page = registry.machines(PAGE, next);
            if (!broken.takeAll(reader, page.items())) {
                return false;
            }
            next = page.nextCursor();
        } while (next != null);
        if (broken.goOn(reader, from)) {
            log.info("following the registry from now on");
        }
        return true;
    }
}

package dev.flotilla.orchestrator.world;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Follows the registry's change feed into {@link FleetWatch} and wakes the rollouts that a change is about. */
@Component
class FleetFollower {
    private static final Logger log = LoggerFactory.getLogger(FleetFollower.class);
    private static final int PAGE = 1000;
    private static final int GONE = 410;
    private final RegistryApi registry;
    private final FleetWatch watch;
    private final Interests interests;
    private final Wakes wakes;
    private final InstantSource time;
    private final FeedProperties properties;
    private @Nullable String cursor;

    FleetFollower(
            RegistryApi registry,
            FleetWatch watch,
            Interests interests,
            Wakes wakes,
            InstantSource time,
            FeedProperties properties) {
        this.registry = registry;
        this.watch = watch;
        this.interests = interests;
        this.wakes = wakes;
        this.time = time;
        this.properties = properties;
    }

    /** Reads the next changes, waiting for them a while; reads all machines first where there is no place in the feed to go on from. */
    Duration follow() {
        try {
            if (cursor == null) {
                cursor = readAll();
                wakes.changed(interests.all());
            }
            Page<Change> page = registry.changes(cursor, PAGE, properties.patience());
            take(page);
            cursor = page.nextCursor();
            return Duration.ZERO;
        } catch (RemoteProblem e) {
            watch.broken(String.valueOf(e.getMessage()));
            if (e.status() == GONE) {
                log.info("the registry's feed no longer reaches back to where we were: all machines are read anew");
                cursor = null;
                return Duration.ZERO;
            }
            throw e;
        } catch (RuntimeException e) {
            watch.broken(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void take(Page<Change> page) {
        Set<String> concerned = new HashSet<>();
        for (Change change : page.items()) {
            watch.take(change);
            concerned.addAll(interests.of(
                    change.machine(),
                    change.running() == null ? null : change.running().service()));
        }
        Instant now = time.instant();
        boolean wasBroken = watch.since(now) == null;
        if (page.items().size() < PAGE) {
            // Only who has read to the end knows the fleet as it is.
            watch.heard(now, now.plus(properties.patience()).plus(properties.silence()));
        }
        wakes.changed(wasBroken ? interests.all() : concerned);
    }

    /** The cursor is taken first: what changes while the machines are read is then read twice, and not missed. */
    private @Nullable String readAll() {
        String from = registry.changes("now", 1, Duration.ZERO).nextCursor();
        Map<String, MachineSight> all = new HashMap<>();
        String next = null;
        do {
            Page<MachineStatus> page = registry.machines(PAGE, next);
            page.items().forEach(status -> all.put(status.machine(), watch.sightOf(status)));
            next = page.nextCursor();
        } while (next != null);
        watch.replace(all);
        log.info("following the registry: {} machines", all.size());
        return from;
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process of the orchestrator: what it has in memory, and what was done to it. */
final class SimProcess {
    final String name;
    final List<Look> looks = new ArrayList<>();
    boolean alive = true;
    Instant backAt = Instant.EPOCH;
    /** Not scheduled by its machine until then. */
    Instant pausedUntil = Instant.EPOCH;

    Instant stoppedAt = Instant.EPOCH;
    /** How wrong its clock is. */
    Duration skew = Duration.ZERO;

    /** Since when it follows the registry; null while it does not. */
    @Nullable
    Instant follows;

    /** The sights it remembers while it does not follow; empty after a start. */
    private Map<SimService, @Nullable Sight> remembered = new HashMap<>();

    SimProcess(String name, Instant now) {
        this.name = name;
        this.follows = now;
    }

    boolean runs(Instant now) {
        return alive && !now.isBefore(pausedUntil);
    }

    Instant clock(Instant now) {
        return skew.isZero() ? now : now.plus(skew);
    }

    void kill(Instant now, Instant back) {
        alive = false;
        backAt = back;
        stoppedAt = now;
        follows = null;
        remembered = new HashMap<>();
        looks.clear();
    }

    void pause(Instant now, Instant until) {
        pausedUntil = until;
        stoppedAt = now;
    }

    void cutOff(Iterable<SimMachine> machines) {
        follows = null;
        remembered = new HashMap<>();
        machines.forEach(
                machine -> machine.services.values().forEach(service -> remembered.put(service, service.sight())));
    }

    void follow(Instant now) {
        follows = now;
        remembered = new HashMap<>();
    }

    @Nullable
    Sight sight(SimService service) {
        return follows != null ? service.sight() : remembered.get(service);
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.consultation.Memory;
import dev.flotilla.orchestrator.decision.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private Memory memory = emptyMemory();
    private final Map<SimRollout, Rest> rests = new HashMap<>();

    /** What a look was based on: while it is the same, another look would find the same. */
    record Basis(long epoch, long stirs, @Nullable Instant follows) {
        static Basis of(SimProcess process, SimRollout rollout) {
            return new Basis(rollout.epoch, rollout.stirs, process.follows);
        }
    }

    private record Rest(Basis basis, Instant until) {}

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
        memory = emptyMemory();
        rests.clear();
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

    Memory memory() {
        return memory;
    }

    private static Memory emptyMemory() {
        return Memory.empty(SimWorld.STEADY, SimWorld.TRUST);
    }

    void rest(SimRollout rollout, Basis basis, Instant until) {
        if (basis.follows() != null) {
            rests.put(rollout, new Rest(basis, until));
        }
    }

    /** Until when, by its clock, nothing is due; empty where the rollout must be looked at. */
    Optional<Instant> calm(SimRollout rollout, Instant now) {
        Rest rest = rests.get(rollout);
        if (rest == null || !clock(now).isBefore(rest.until()) || !rest.basis().equals(Basis.of(this, rollout))) {
            rests.remove(rollout);
            return Optional.empty();
        }
        return Optional.of(rest.until());
    }

    @Nullable
    Sight sight(SimService service) {
        return follows != null ? service.sight() : remembered.get(service);
    }
}

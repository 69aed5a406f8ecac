package dev.flotilla.orchestrator.world;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which rollouts rest from a look, and until when. */
final class Rests {
    private final Map<String, Instant> ends = new ConcurrentHashMap<>();

    void begin(String rollout, Instant end) {
        ends.put(rollout, end);
    }

    void forget(String rollout) {
        ends.remove(rollout);
    }

    /** As of the last {@link #count}. */
    boolean has(String rollout) {
        return ends.containsKey(rollout);
    }

    /** How many rest now; the others are forgotten. */
    int count(Instant now) {
        ends.values().removeIf(end -> !now.isBefore(end));
        return ends.size();
    }
}

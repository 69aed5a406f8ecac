package dev.flotilla.orchestrator.decision;

import java.time.Duration;

/** Waits that double, spread by a jitter that depends on nothing but a key: the same key waits the same time wherever it is computed. */
final class Backoff {
    private static final int DOUBLINGS = 30;

    private Backoff() {}

    /**
     * The wait before try number {@code tries + 1}: {@code first} doubled {@code tries - 1} times, at most {@code most}, and then between 80%
     * and 120% of that by the key.
     */
    static Duration after(int tries, Duration first, Duration most, String key) {
        long doubled = first.toMillis() << Math.clamp(tries - 1L, 0, DOUBLINGS);
        long capped = Math.min(doubled, most.toMillis());
        int spread = Math.floorMod(key.hashCode() * 0x9E3779B1, 401);
        return Duration.ofMillis(capped * (800 + spread) / 1000);
    }
}

package dev.flotilla.agent.decision;

import java.time.Duration;
import java.time.Instant;

/**
 * When a process that ended by itself may be started again.
 *
 * @param failures how often in a row it did not stay up
 * @param notBefore when it may be started
 */
public record Backoff(int failures, Instant notBefore) {
    /** Nothing has failed. */
    public static final Backoff NONE = new Backoff(0, Instant.EPOCH);

    private static final int LONGEST_SHIFT = 30;

    /**
     * After one more failure.
     *
     * @param uptime how long it had been up
     * @param jitter from 0 to 1: so that a hundred machines don't start the same service in the same instant
     */
    public Backoff failed(Duration uptime, Instant now, double jitter, SupervisionRules rules) {
        int count = uptime.compareTo(rules.backoffReset()) >= 0 ? 1 : failures + 1;
        Duration doubled = rules.firstBackoff().multipliedBy(1L << Math.min(count - 1, LONGEST_SHIFT));
        Duration most = doubled.compareTo(rules.longestBackoff()) > 0 ? rules.longestBackoff() : doubled;
        long nanos = (long) (most.toNanos() * (0.75 + 0.25 * jitter));
        return new Backoff(count, now.plusNanos(nanos));
    }

    /** True once it has failed so often that it is likely to go on failing. */
    public boolean crashLoop(SupervisionRules rules) {
        return failures >= rules.crashLoopAfter();
    }
}

package dev.flotilla.policy.decision.schedule;

import java.time.Instant;

/** From a moment on, up to another one, which is not part of it. */
record Interval(Instant start, Instant end) {
    boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}

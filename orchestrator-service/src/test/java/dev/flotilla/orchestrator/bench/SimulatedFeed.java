package dev.flotilla.orchestrator.bench;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The registry's change feed: the last million changes, with long polls. */
final class SimulatedFeed {
    private static final int KEPT = 1 << 20;
    private final Change[] ring = new Change[KEPT];
    private long next;
    private long read;

    synchronized void add(String machine, RunningService running) {
        ring[(int) (next % KEPT)] = new Change(++next, Change.Kind.SERVICE, machine, running, null, Instant.now());
        notifyAll();
    }

    /** How many changes were read. */
    synchronized long read() {
        return read;
    }

    /** How many changes are not read yet. */
    synchronized long behind() {
        return next - read;
    }

    synchronized Page<Change> changes(String cursor, int limit, Duration wait) throws InterruptedException {
        long from = cursor.equals("now") ? next : Long.parseLong(cursor);
        long end = System.nanoTime() + wait.toNanos();
        while (next == from) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (next - from > KEPT) {
            throw new IllegalStateException("the reader is more than " + KEPT + " changes behind");
        }
        long to = Math.min(next, from + limit);
        List<Change> changes = new ArrayList<>();
        for (long at = from; at < to; at++) {
            changes.add(ring[(int) (at % KEPT)]);
        }
        read = to;
        return new Page<>(changes, String.valueOf(to));
    }
}

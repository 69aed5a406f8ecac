package dev.flotilla.registry.changes;

import dev.flotilla.api.registry.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The newest changes, in memory, and a place to wait for more. Numbers are dense. */
final class Feed {
    private final @Nullable Change[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    /** The number before that of the oldest change in the ring. */
    private long before;

    private long head;
    private boolean closed;

    /** @param recent how many changes stay in memory */
    Feed(int recent) {
        this.ring = new Change[recent];
    }

    /** Begins after this change. */
    void startAfter(long seq) {
        lock.lock();
        try {
            before = seq;
            head = seq;
        } finally {
            lock.unlock();
        }
    }

    /** The number of the newest change that this instance has. */
    long head() {
        lock.lock();
        try {
            return head;
        } finally {
            lock.unlock();
        }
    }

    void append(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (Change change : changes) {
                if (change.seq() != head + 1) {
                    throw new IllegalStateException("change " + change.seq() + " does not follow " + head);
                }
                head = change.seq();
                ring[slot(head)] = change;
                before = Math.max(before, head - ring.length);
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The changes after this one, oldest first; null when memory does not reach back so far. */
    @Nullable
    List<Change> after(long seq, int limit) {
        lock.lock();
        try {
            if (seq < before) {
                return null;
            }
            int count = (int) Math.clamp(head - seq, 0, limit);
            List<Change> page = new ArrayList<>(count);
            for (long next = seq + 1; next <= seq + count; next++) {
                page.add(Objects.requireNonNull(ring[slot(next)]));
            }
            return page;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change after this one, or for the end of the time or of the service. */
    void awaitAfter(long seq, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (head <= seq && !closed && left > 0) {
                left = grown.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody go who waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int slot(long seq) {
        return (int) (seq % ring.length);
    }
}

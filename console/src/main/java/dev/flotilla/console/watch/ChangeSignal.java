package dev.flotilla.console.watch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Tells those who wait that what the console knows has changed. Changes are numbered from 1. */
@Component
public class ChangeSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long number = 1;

    /** Something changed. */
    public void raise() {
        lock.lock();
        try {
            number++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the latest change. */
    public long number() {
        lock.lock();
        try {
            return number;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a change after the one of the given number.
     *
     * @return the number of the latest change; the given one when the time ran out
     */
    public long await(long seen, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (number == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return number;
        } finally {
            lock.unlock();
        }
    }
}

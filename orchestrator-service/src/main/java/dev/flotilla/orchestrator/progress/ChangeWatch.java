package dev.flotilla.orchestrator.progress;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Watches deployments for changes, with one query for all who wait. */
@Component
class ChangeWatch {
    private final ProgressReader progress;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition someoneWaits = lock.newCondition();
    private final Map<String, Integer> waiting = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();

    ChangeWatch(ProgressReader progress) {
        this.progress = progress;
    }

    /** Begins to watch a deployment; to be ended by {@link #leave}. */
    void join(String deployment) {
        lock.lock();
        try {
            waiting.merge(deployment, 1, Integer::sum);
            someoneWaits.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void leave(String deployment) {
        lock.lock();
        try {
            if (waiting.merge(deployment, -1, Integer::sum) == 0) {
                waiting.remove(deployment);
                changes.remove(deployment);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the deployment's number of changes is another than the one seen, or the time is over; the number as it is then. */
    long await(String deployment, long seen, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (left > 0 && changes.getOrDefault(deployment, seen) == seen) {
                left = changed.awaitNanos(left);
            }
            return changes.getOrDefault(deployment, seen);
        } finally {
            lock.unlock();
        }
    }

    /** Looks for changes once; waits first while nobody is interested. */
    Duration look(Duration pause) throws InterruptedException {
        Map<String, Long> now = progress.changes(interesting());
        lock.lock();
        try {
            now.keySet().retainAll(waiting.keySet());
            boolean any =
                    !now.entrySet().stream().allMatch(entry -> entry.getValue().equals(changes.get(entry.getKey())));
            if (any) {
                changes.putAll(now);
                changed.signalAll();
            }
            return pause;
        } finally {
            lock.unlock();
        }
    }

    private Set<String> interesting() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                someoneWaits.await(1, TimeUnit.HOURS);
            }
            return Set.copyOf(waiting.keySet());
        } finally {
            lock.unlock();
        }
    }
}

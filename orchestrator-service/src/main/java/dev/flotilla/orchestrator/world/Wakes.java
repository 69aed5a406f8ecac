package dev.flotilla.orchestrator.world;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.flotilla.orchestrator.rollout.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Brings the ticks of rollouts forward when something changed for them. Changes that come close together make one tick: the more a look costs, the
 * longer the rollout rests after it. A rollout that is being looked at while the change arrives is brought forward again afterwards, for it may
 * have looked too early.
 */
@Component
public class Wakes {
    private static final int TRIES = 3;
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final Duration TRY_AGAIN = Duration.ofMillis(150);

    private final Ticks ticks;
    private final Interests interests;
    private final Stirs stirs;
    private final ObjectProvider<Scheduler> scheduler;
    private final InstantSource time;
    private final Map<String, Integer> due = new ConcurrentHashMap<>();
    private final Rests rests = new Rests();
    /** Looked at this moment: the tick itself goes on with what changes meanwhile. */
    private final Set<String> lookedAt = ConcurrentHashMap.newKeySet();

    private final Semaphore signal = new Semaphore(0);

    Wakes(Ticks ticks, Interests interests, Stirs stirs, ObjectProvider<Scheduler> scheduler, InstantSource time) {
        this.time = time;
        this.ticks = ticks;
        this.interests = interests;
        this.stirs = stirs;
        this.scheduler = scheduler;
    }

    /** Something changed for these rollouts. */
    void changed(Collection<String> rollouts) {
        if (!rollouts.isEmpty()) {
            stirs.stir(rollouts);
            rollouts.forEach(rollout -> due.put(rollout, TRIES));
            signal.release();
        }
    }

    /** A tick begins to look at the rollout: it will see all that changed until now. */
    public void looking(String rollout) {
        lookedAt.add(rollout);
        due.remove(rollout);
    }

    /** A look has ended; what changes before then is seen by a look at that time. */
    public void looked(String rollout, Instant restsUntil) {
        rests.begin(rollout, restsUntil);
        lookedAt.remove(rollout);
    }

    /** How many rollouts rest from a look now. */
    public int atRest() {
        return rests.count(time.instant());
    }

    /** True if something changed for the rollout since the last {@link #looking}. */
    public boolean changedSinceLooked(String rollout) {
        return due.containsKey(rollout);
    }

    /** Makes this instance look for due ticks without waiting for its next poll. */
    public void checkNow() {
        scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
    }

    /** The rollout is over, here or on another instance. */
    public void forget(String rollout) {
        due.remove(rollout);
        rests.forget(rollout);
        stirs.forget(rollout);
        interests.remove(rollout);
    }

    /** Waits for changes and brings the ticks forward. */
    Duration deliver() throws InterruptedException {
        if (due.isEmpty()) {
            signal.acquire();
            Thread.sleep(GATHER);
        }
        signal.drainPermits();
        rests.count(time.instant());
        List<String> rollouts = due.keySet().stream()
                .filter(rollout -> !rests.has(rollout) && !lookedAt.contains(rollout))
                .toList();
        if (rollouts.isEmpty()) {
            return due.isEmpty() ? Duration.ZERO : GATHER;
        }
        rollouts.forEach(rollout -> due.computeIfPresent(rollout, (id, tries) -> tries == 1 ? null : tries - 1));
        ticks.wake(rollouts);
        checkNow();
        ticks.over(rollouts).forEach(this::forget);
        return due.isEmpty() ? Duration.ZERO : TRY_AGAIN;
    }
}

package dev.flotilla.agent.report;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The machines of which there is something new to say. */
public final class ChangeBell {
    private final Set<String> changed = new HashSet<>();

    public synchronized void ring(String machine) {
        changed.add(machine);
        notifyAll();
    }

    /** Returns when something has changed, or after that time. */
    synchronized void await(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (changed.isEmpty()) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    /** What has changed since this was last asked. */
    synchronized Set<String> take() {
        Set<String> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }
}

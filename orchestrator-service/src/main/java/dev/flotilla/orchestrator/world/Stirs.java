package dev.flotilla.orchestrator.world;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts what is heard of the machines of rollouts: while the count is the same, nothing was heard. */
@Component
public class Stirs {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    /** How often something changed for a rollout. Read it before what changed: then no change is missed. */
    public long of(String rollout) {
        return counts.getOrDefault(rollout, 0L);
    }

    /** The rollout is over. */
    void forget(String rollout) {
        counts.remove(rollout);
    }

    void stir(Collection<String> rollouts) {
        rollouts.forEach(rollout -> counts.merge(rollout, 1L, Long::sum));
    }
}

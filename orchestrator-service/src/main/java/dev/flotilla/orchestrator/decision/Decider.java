package dev.flotilla.orchestrator.decision;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What decides: {@link RolloutDecider}, {@link OneLook}, which is the same and quicker, or something that a test puts in their place. */
@FunctionalInterface
public interface Decider {
    Decision decide(RolloutView view, Instant now);

    /** The machines that would be ordered now if everybody permitted it. */
    default List<String> candidates(RolloutView view, Instant now) {
        return RolloutDecider.candidates(view, now);
    }

    /** The machines that wait and are down: whether they come first depends on what device-manager says of the group's limit. */
    default Set<String> down(RolloutView view, Instant now) {
        return RolloutDecider.down(view, now);
    }
}

package dev.flotilla.console.deployments;

import dev.flotilla.console.why.Why;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment will still do.
 *
 * @param message why there is no plan; null where there is one
 * @param more whether there are more rollouts than those shown
 */
public record PlanPanel(
        @Nullable String message, String summary, List<RolloutWaves> rollouts, List<String> grounds, boolean more) {

    /** The waves of one rollout, and the machines that it passes by. */
    public record RolloutWaves(String name, String summary, List<WaveLine> waves, List<Why> passedBy) {}

    /**
     * One wave.
     *
     * @param machines how many, and some of their names
     * @param waits what it waits for
     */
    public record WaveLine(
            int number,
            String where,
            int count,
            String machines,
            int atOnce,
            String begins,
            String takes,
            List<String> waits) {}
}

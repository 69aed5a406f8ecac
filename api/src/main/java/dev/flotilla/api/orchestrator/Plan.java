package dev.flotilla.api.orchestrator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment would do from now on if nothing fails: the decisions themselves, run ahead on a copy of the world. It changes nothing.
 *
 * @param expected how long it takes if every machine takes as long as is usual; null when something waits without an end that is known
 */
public record Plan(
        String deployment, String service, String version, @Nullable Duration expected, List<PlannedRollout> rollouts) {

    /**
     * One (environment, machine function).
     *
     * @param waves in their order
     * @param left machines that it would not change, and why
     */
    public record PlannedRollout(
            String rollout, @Nullable Duration expected, List<PlannedWave> waves, List<PlannedWait> left) {}

    /**
     * The machines of one fault domain that are changed together.
     *
     * @param canary true for the machines that go ahead of all others
     * @param machines in the order in which they are changed
     * @param starts how long after now the first of them is changed
     */
    public record PlannedWave(String faultDomain, boolean canary, List<String> machines, Duration starts) {}

    /** Machines that are passed by or waited for, for the same reason. */
    public record PlannedWait(MachinePhase phase, String rule, String reason, List<String> machines) {}
}

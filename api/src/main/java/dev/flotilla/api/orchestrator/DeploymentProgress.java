package dev.flotilla.api.orchestrator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a deployment is.
 *
 * @param counts over all its rollouts
 * @param reason why it is halted, or was ended, see {@link DeploymentState#paused}; null otherwise
 * @param rolledBack true where it, or some of its rollouts, is taken back for good: that can't be resumed
 * @param rolledBackBy the deployments that bring its machines back, oldest first, empty where there was nothing to go back to; null while they are
 *     not declared yet, and where nothing is taken back
 * @param leftBehind of one that is rolled back, the machines that had nothing to go back to and so keep its version, as long as they are its own, and
 *     what to do about them, in words for a person; null where there are none
 * @param rollouts by environment and machine function; empty in a list of deployments
 */
public record DeploymentProgress(
        String id,
        String service,
        String version,
        DeploymentState state,
        @Nullable String reason,
        Counts counts,
        Instant declaredAt,
        Instant startedAt,
        @Nullable Instant completedAt,
        boolean rolledBack,
        @Nullable List<String> rolledBackBy,
        @Nullable String leftBehind,
        List<RolloutProgress> rollouts) {

    /** One that is not taken back. */
    public DeploymentProgress(
            String id,
            String service,
            String version,
            DeploymentState state,
            @Nullable String reason,
            Counts counts,
            Instant declaredAt,
            Instant startedAt,
            @Nullable Instant completedAt,
            List<RolloutProgress> rollouts) {
        this(
                id,
                service,
                version,
                state,
                reason,
                counts,
                declaredAt,
                startedAt,
                completedAt,
                false,
                null,
                null,
                rollouts);
    }
}

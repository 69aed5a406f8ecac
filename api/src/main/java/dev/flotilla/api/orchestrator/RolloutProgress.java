package dev.flotilla.api.orchestrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a deployment is in one (environment, machine function).
 *
 * @param id the deployment, environment and machine function, joined by {@code ~}: {@code d42~prod-east~web}
 * @param reason why it is halted, or was ended, see {@link DeploymentState#paused}; null otherwise
 * @param completedAt when it was first complete; null before
 */
public record RolloutProgress(
        String id,
        String environment,
        String machineFunction,
        DeploymentState state,
        @Nullable String reason,
        Counts counts,
        Instant startedAt,
        @Nullable Instant completedAt) {}

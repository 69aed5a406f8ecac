package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the rollout itself has come.
 *
 * @param reason why it is halted; null otherwise
 * @param replaced the newer deployment that has taken over all machines that it has or will ever have; null where none has
 * @param progressedAt when a machine became healthy last, or the rollout began or was resumed
 * @param promotedAt machines that were changed before this moment need not prove themselves any longer; null where nobody said so
 */
public record Course(
        DeploymentState state,
        @Nullable String reason,
        @Nullable String replaced,
        Instant progressedAt,
        @Nullable Instant promotedAt) {}

package dev.flotilla.api.orchestrator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rolling a deployment back would do.
 *
 * @param deployment the deployment that would be rolled back
 * @param ways the deployments that would be declared for it, one at least: one for each version that machines go back to, with the first rollouts of
 *     each
 * @param leftBehind what becomes of the machines that have nothing to go back to, in words, see {@link DeploymentProgress}; null where there are none
 */
public record RollbackPlan(
        String deployment,
        List<DeploymentPlan> ways,
        @Nullable String leftBehind) {}

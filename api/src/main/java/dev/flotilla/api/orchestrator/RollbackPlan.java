package dev.flotilla.api.orchestrator;

import java.util.List;

/**
 * What rolling a deployment back would do.
 *
 * @param deployment the deployment that would be rolled back
 * @param ways the deployments that would be declared for it, one at least: one for each version that machines go back to, with the first rollouts of
 *     each
 */
public record RollbackPlan(String deployment, List<DeploymentPlan> ways) {}

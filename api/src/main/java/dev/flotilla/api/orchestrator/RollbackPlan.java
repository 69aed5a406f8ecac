package dev.flotilla.api.orchestrator;

import java.util.List;

/**
 * What rolling a deployment back would do.
 *
 * @param deployment the deployment that would be rolled back
 * @param ways the deployments that would be declared for it, one for each version that machines go back to, with the first rollouts of each; empty
 *     where there is nothing to go back to
 */
public record RollbackPlan(String deployment, List<DeploymentPlan> ways) {}

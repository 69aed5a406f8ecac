package dev.flotilla.orchestrator.decision;

/**
 * A machine that the rollout wants to disrupt, or go on disrupting, now: device-manager must grant it first.
 *
 * @param forced true where the machine is brought back to what its group runs already: that does not hold its fault domain
 */
public record Wish(String machine, boolean forced) {}

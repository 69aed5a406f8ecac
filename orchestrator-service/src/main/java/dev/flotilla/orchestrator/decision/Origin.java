package dev.flotilla.orchestrator.decision;

/** From whom a machine's standing comes: rules of the rollout and of others share some names. */
public enum Origin {
    /** The rollout's own rules, a {@link Rule} each. */
    ROLLOUT,
    /** The policy engine's answer. */
    POLICY,
    /** A refused claim: device-manager's answer, or a tenant's. */
    CLAIM
}

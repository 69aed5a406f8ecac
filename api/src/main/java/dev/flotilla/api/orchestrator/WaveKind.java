package dev.flotilla.api.orchestrator;

/** Why the machines of a planned wave are changed together. */
public enum WaveKind {
    /** They ran the version before, or their rollout is complete: they are brought back out of turn, whatever their fault domains. */
    MENDING,
    /** They go ahead of all others and prove themselves alone. */
    CANARIES,
    /** It is their fault domain's turn. A fault domain has another wave later where some of its machines had to wait for a policy. */
    FAULT_DOMAIN
}

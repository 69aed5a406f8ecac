package dev.flotilla.api.orchestrator;

/** Where a deployment stands; of a rollout the same. */
public enum DeploymentState {
    /** Machines are being changed, or waited for. */
    ROLLING_OUT,
    /**
     * Too many machines failed, or a person paused it: no further one is changed until a person resumes it or a newer declaration replaces it.
     */
    HALTED,
    /** A person ended it, or it was rolled back and its way back is declared: what still runs is left as it is, and nothing is kept up. */
    ABORTED,
    /** Every machine runs the version or is excused; it is kept so from now on. */
    COMPLETE,
    /** Newer deployments have taken over all its machines. */
    SUPERSEDED
}

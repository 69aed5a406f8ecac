package dev.flotilla.api.orchestrator;

/** What a person may tell a deployment, or one of its rollouts, at any moment. */
public enum Command {
    /** No further machine is changed until it is resumed; what an agent is at is brought to its end. */
    PAUSE,
    /** Goes on after a pause, or after a halt; machines that failed are tried afresh. What a tenant has stopped, that tenant resumes first. */
    RESUME,
    /** Ends it: no further machine is changed, and nothing is kept up any more. What runs is left running. */
    ABORT,
    /** Skips the rest of the present wait for machines to prove themselves: the next fault domain, or the rest after the canaries, begins. */
    PROMOTE,
    /** Machines that were set aside are tried afresh; anything else goes on as it was. */
    RETRY_FAILED,
    /**
     * Halts it for good, and brings its machines back to what the last deployment that was complete before it had brought them: by a deployment of
     * its own, without canaries and waits, but fault domain by fault domain and under every policy. Machines that ran nothing before are left. Once that deployment is
     * declared this one has ended: it is aborted, or superseded where all its machines went back.
     */
    ROLL_BACK
}

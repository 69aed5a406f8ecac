package dev.flotilla.api.orchestrator;

/** Where a machine stands in a deployment. */
public enum MachinePhase {
    WAITING,
    FETCHING,
    SWITCHING,
    /** It runs the version. */
    RUNNING,
    /** It was tried as often as the options allow. */
    FAILED,
    /** Denied or opted out: passed by, and listed. */
    EXCUSED,
    /** A newer deployment has taken it over. */
    SUPERSEDED
}

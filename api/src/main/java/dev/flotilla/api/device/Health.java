package dev.flotilla.api.device;

/** How a machine is. */
public enum Health {
    HEALTHY,
    /** Broken, by the word of a watchdog, a person, or a deploy that failed on it. Counts as unavailable. */
    FAILING,
    /** Just rebooted or repaved, and not yet trusted. Ends by itself; counts as available. */
    PROBATION,
    /** Not heard of by the registry. Ends when it is; counts as unavailable. */
    LOST
}

package dev.flotilla.api.device;

/** How a machine is. */
public enum Health {
    HEALTHY,
    /**
     * Broken, by the word of an operator, or because a deploy failed on it, or a reboot or repave failed or expired; until somebody says otherwise,
     * that service is deployed well, or a reboot or repave is done. Or because a service crashed on it, by the registry's word; until it is up
     * again, and whatever anybody says. Counts as unavailable.
     */
    FAILING,
    /** Just rebooted or repaved, and not yet trusted. Ends by itself; counts as available. */
    PROBATION,
    /** Not heard of by the registry. Ends when it is; counts as unavailable. */
    LOST
}

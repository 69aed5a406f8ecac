package dev.flotilla.api.registry;

/** How a service fares on a machine. */
public enum RunState {
    /** Started, and not yet up for as long as it must be to count as running. */
    STARTING,
    /** Up, and healthy where it has a probe. */
    RUNNING,
    /** Ended by itself or unhealthy; the agent starts it again after a backoff. */
    CRASHED,
    /** Nothing runs, and nothing should. */
    STOPPED
}

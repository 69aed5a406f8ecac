package dev.flotilla.api.registry;

/** How far an agent is with an order. */
public enum OrderPhase {
    ACCEPTED,
    FETCHING,
    /** The old version is being stopped, or the new one has been started and must still prove itself. */
    SWITCHING,
    DONE,
    /** Given up; what ran before runs again. */
    FAILED
}

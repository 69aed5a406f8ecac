package dev.flotilla.api.registry;

/** How far an agent is with an order. */
public enum OrderPhase {
    ACCEPTED,
    FETCHING,
    /**
     * The bytes are on the machine, verified, and the order has lapsed: nothing is switched until a fresh order comes, and then at once. What
     * ran before goes on.
     */
    FETCHED,
    /** The old version is being stopped, or the new one has been started and must still prove itself. */
    SWITCHING,
    DONE,
    /** Given up; what ran before runs again. */
    FAILED
}

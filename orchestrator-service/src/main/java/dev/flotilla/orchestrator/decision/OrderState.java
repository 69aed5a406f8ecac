package dev.flotilla.orchestrator.decision;

/** How far the orchestrator is with the latest order that it gave a machine. */
public enum OrderState {
    /** Written down; the agent has not said that it has it. */
    PENDING,
    /** The agent has it. */
    ACCEPTED,
    /** The agent answered that it can't take it; not yet counted as a failure. */
    REFUSED,
    /** The machine was lost while the order was open; it is sent again when the machine is back. */
    SUSPENDED,
    /** It counted as a failed attempt. */
    FAILED,
    /** The machine ran the version after it. */
    DONE,
    /** It only fetches the bytes ahead of time, and changes nothing; nobody waits for it. */
    AHEAD;

    /** True while the machine may still be changed by it. */
    public boolean open() {
        return switch (this) {
            case PENDING, ACCEPTED, REFUSED, SUSPENDED -> true;
            case FAILED, DONE, AHEAD -> false;
        };
    }
}

package dev.flotilla.agent.decision;

/** How far the bytes of a release are on their way to this machine. */
public sealed interface Fetch {
    record NotBegun() implements Fetch {}

    record UnderWay() implements Fetch {}

    /** Installed and verified: it can be started. */
    record Ready() implements Fetch {}

    /** Given up, for a reason that a person understands. */
    record Failed(String reason) implements Fetch {}
}

package dev.flotilla.orchestrator.decision.simulation;

import java.time.Instant;

/**
 * An order as it travels.
 *
 * @param overtaken true where somebody else had written to the rollout before it was sent
 */
record SimOrder(
        String id,
        SimRollout rollout,
        long epoch,
        int attempt,
        boolean mending,
        boolean overtaken,
        boolean consented,
        Instant observedAt,
        Instant sentAt,
        Instant notAfter,
        Instant deadline) {

    /** True where the machine was in another group when the other order was given. */
    boolean elsewhere(SimOrder other) {
        return !rollout.group.equals(other.rollout.group);
    }

    long revision() {
        return rollout.revision;
    }

    String version() {
        return rollout.version;
    }

    @Override
    public String toString() {
        return id + " (" + rollout.id + " attempt " + attempt + " epoch " + epoch + " sent " + sentAt + ")";
    }
}

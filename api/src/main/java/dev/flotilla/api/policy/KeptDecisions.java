package dev.flotilla.api.policy;

import java.time.Instant;

/**
 * A question and its answer as they are kept.
 *
 * @param at when it was asked first; the answer is the one of that moment
 * @param lastAt when it was last asked and answered the same
 * @param times how often
 * @param by who asked first
 * @param revision of the policies that it was answered by; see {@link Revision}
 */
public record KeptDecisions(
        String id,
        Instant at,
        Instant lastAt,
        long times,
        String by,
        long revision,
        DecisionRequest request,
        Decisions answer) {

    /**
     * What the same question, put at the same moment to the policies of then, is answered now.
     *
     * @param equal whether that is the answer that was given
     * @param answer computed anew
     */
    public record Replay(boolean equal, KeptDecisions kept, Decisions answer) {}
}

package dev.flotilla.registry.verdict;

import java.time.Instant;
import java.util.List;

/**
 * What was found about a version.
 *
 * @param confidence for BAD one minus the probability to see this, in any signal at any look so far, of a version that does no harm; for GOOD one minus the
 *     largest probability among the signals to see so little of a version that does the least harm; 0 for UNCLEAR
 * @param reason in one sentence
 * @param evidence of harm first, surest first; then what was looked at and found to be in order
 * @param asOf what was measured until then decided: the last scheduled look, at most five minutes before the question
 */
public record Verdict(Outcome outcome, double confidence, String reason, List<Evidence> evidence, Instant asOf) {
    /** What follows from it. */
    public enum Outcome {
        /** No harm, and harm would have been seen. */
        GOOD,
        /** It does harm: not one more machine. */
        BAD,
        /** Too few machines, too little time, or something that may be harm. */
        UNCLEAR
    }

    public Verdict {
        evidence = List.copyOf(evidence);
    }
}

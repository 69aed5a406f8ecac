package dev.flotilla.registry.verdict;

import java.time.Duration;

/**
 * How sure a verdict has to be.
 *
 * @param falseAlarms the probability to ever call a harmless version bad, over all signals and all looks together
 * @param missed the probability that a version that does the least harm in one signal looks harmless in it
 * @param tinyCanary up to this many changed machines tell nothing but crash loops
 * @param goodAfter half of the changed machines must have had the version for so long before it is good
 */
public record Strictness(double falseAlarms, double missed, int tinyCanary, Duration goodAfter) {
    public Strictness {
        if (!(falseAlarms > 0 && falseAlarms < 0.5 && missed > 0 && missed < 0.5) || tinyCanary < 1) {
            throw new IllegalArgumentException("probabilities lie between 0 and 0.5, a canary has a machine");
        }
    }

    public static final Strictness DEFAULT = new Strictness(0.01, 0.05, 5, Duration.ofHours(1));
}

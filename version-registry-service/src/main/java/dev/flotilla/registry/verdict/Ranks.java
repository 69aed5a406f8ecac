package dev.flotilla.registry.verdict;

import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/** Mann and Whitney's test, one-sided. */
final class Ranks {
    private static final MannWhitneyUTest APPROXIMATE =
            MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC);
    private static final MannWhitneyUTest EXACT =
            MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT);
    /** The exact distribution takes memory with the square of this. */
    private static final int MOST_PAIRS = 1000;

    private Ranks() {}

    /** The probability that values like these are above those by chance. */
    static double above(double[] values, double[] those) {
        return test(values, those, AlternativeHypothesis.GREATER_THAN);
    }

    /** The probability that values like these are below those by chance. */
    static double below(double[] values, double[] those) {
        return test(values, those, AlternativeHypothesis.LESS_THAN);
    }

    private static double test(double[] values, double[] those, AlternativeHypothesis alternative) {
        if (values.length < 2 || those.length < 2) {
            return 1;
        }
        boolean exact = (long) values.length * those.length <= MOST_PAIRS && !tied(values, those);
        return (exact ? EXACT : APPROXIMATE)
                .with(alternative)
                .test(values, those)
                .getPValue();
    }

    private static boolean tied(double[] values, double[] those) {
        double[] all = Arrays.copyOf(values, values.length + those.length);
        System.arraycopy(those, 0, all, values.length, those.length);
        Arrays.sort(all);
        for (int i = 1; i < all.length; i++) {
            if (all[i] == all[i - 1]) {
                return true;
            }
        }
        return false;
    }
}

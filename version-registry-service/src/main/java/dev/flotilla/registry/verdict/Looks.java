package dev.flotilla.registry.verdict;

/**
 * When a version is looked at, and how much of the permitted false alarms each look may spend. Alpha spending over a fixed schedule was chosen since it
 * needs no state: whoever asks in between gets the answer of the last look, so asking often costs nothing. The k-th look spends in proportion to
 * 1/(k ln²(k+1)), whose sum is finite: the union bound holds for ever, whatever the test and however looks depend on each other.
 *
 * @param number from 1
 * @param elapsed seconds since the first change
 */
record Looks(int number, long elapsed) {
    /** An upper bound of the sum of 1/(k ln²(k+1)) over all k. */
    private static final double TOTAL = 3.4;

    /** The last look not after so many seconds: each minute at first, then after a tenth more time, at most five minutes; number 0 before the first. */
    static Looks lastBefore(long seconds) {
        int number = 0;
        long at = 0;
        for (long next = 60; next <= seconds; next = after(next)) {
            number++;
            at = next;
        }
        return new Looks(number, at);
    }

    private static long after(long at) {
        return at + Math.clamp(at / 10 / 60 * 60, 60L, 300L);
    }

    /** What this look may spend. */
    double share(double falseAlarms) {
        double log = Math.log(number + 1.0);
        return falseAlarms / (TOTAL * number * log * log);
    }
}

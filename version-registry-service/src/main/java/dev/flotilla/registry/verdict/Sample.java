package dev.flotilla.registry.verdict;

import java.util.Arrays;

/** A few numbers about many. */
final class Sample {
    private Sample() {}

    /** How many of the worst machines are left out: machines break by themselves, and a broken one is no verdict on a version. */
    static int leftOut(int machines) {
        return 1 + machines / 250;
    }

    /** Without the largest of them, as many as are left out. */
    static double[] withoutWorst(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.copyOf(sorted, Math.max(0, sorted.length - leftOut(sorted.length)));
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Each with so much added. */
    static double[] shifted(double[] values, double by) {
        return Arrays.stream(values).map(value -> value + by).toArray();
    }

    /** How many lie clearly above those: above all but a hundredth of them. */
    static int clearlyAbove(double[] values, double[] those) {
        double[] sorted = those.clone();
        Arrays.sort(sorted);
        double bound = sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, sorted.length * 99L / 100)];
        return (int) Arrays.stream(values).filter(value -> value > bound).count();
    }
}

package dev.flotilla.registry.verdict;

import java.util.Arrays;

/** Theil and Sen's estimate of a slope, the median of those between all pairs: a spike does not bend it. */
final class Slope {
    private Slope() {}

    /**
     * The slope of points at equal distances, for one distance; NaN among the points is passed over.
     *
     * @return NaN when there are not two points
     */
    static double of(double[] points, int from, int to) {
        double[] slopes = new double[(to - from) * (to - from - 1) / 2];
        int count = 0;
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                double slope = (points[j] - points[i]) / (j - i);
                if (!Double.isNaN(slope)) {
                    slopes[count++] = slope;
                }
            }
        }
        return Sample.median(Arrays.copyOf(slopes, count));
    }
}

package dev.flotilla.registry.verdict;

import java.time.Duration;
import java.time.Instant;

/**
 * A signal of one machine over time, in buckets of equal width. A bucket of a counter holds how often it happened, one of a gauge its mean; NaN where
 * nothing was measured. Sums over any time cost the same.
 */
public final class Series {
    private final long start;
    private final long width;
    private final double[] sums;
    private final int[] counts;

    private Series(long start, long width, double[] sums, int[] counts) {
        this.start = start;
        this.width = width;
        this.sums = sums;
        this.counts = counts;
    }

    /**
     * @param start of the first bucket
     * @param bucket whole seconds
     * @param values one for each bucket, not below zero, or NaN
     * @throws IllegalArgumentException when the bucket is shorter than a second
     */
    public static Series of(Instant start, Duration bucket, double... values) {
        if (bucket.toSeconds() < 1) {
            throw new IllegalArgumentException("a bucket is a second or longer, not " + bucket);
        }
        double[] sums = new double[values.length + 1];
        int[] counts = new int[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            boolean measured = !Double.isNaN(values[i]);
            sums[i + 1] = sums[i] + (measured ? values[i] : 0);
            counts[i + 1] = counts[i] + (measured ? 1 : 0);
        }
        return new Series(start.getEpochSecond(), bucket.toSeconds(), sums, counts);
    }

    /** All of the buckets that lie wholly within these epoch seconds. */
    double sum(long from, long to) {
        int first = first(from);
        return sums[Math.max(first, last(to))] - sums[first];
    }

    /** Their mean; NaN when nothing was measured. */
    double mean(long from, long to) {
        int first = first(from);
        int last = Math.max(first, last(to));
        return counts[last] == counts[first] ? Double.NaN : (sums[last] - sums[first]) / (counts[last] - counts[first]);
    }

    /** For how long something was measured, in hours. */
    double hours(long from, long to) {
        int first = first(from);
        return (counts[Math.max(first, last(to))] - counts[first]) * width / 3600.0;
    }

    boolean reaches(long time) {
        return start <= time;
    }

    private int first(long from) {
        return bounded(Math.ceilDiv(from - start, width));
    }

    private int last(long to) {
        return bounded(Math.floorDiv(to - start, width));
    }

    private int bounded(long index) {
        return (int) Math.clamp(index, 0L, (long) counts.length - 1);
    }
}

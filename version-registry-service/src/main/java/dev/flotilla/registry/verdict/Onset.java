package dev.flotilla.registry.verdict;

import java.time.Instant;
import java.util.List;

/** When a change of level began: the moment after which the changed machines lie furthest, in sum, above the middle between expected and seen. */
final class Onset {
    private static final int PARTS = 48;

    private Onset() {}

    /**
     * @param middle between what was expected and what was seen, in the series' unit; of counters by the hour, of shares of 1
     * @param from epoch seconds, the earliest answer
     */
    static Instant of(Signal signal, List<Subject> changed, double middle, long from, long to) {
        long width = Math.max(60, Math.ceilDiv(Math.ceilDiv(to - from, PARTS), 60) * 60);
        double sum = 0;
        double best = 0;
        long since = from;
        for (long end = to; end - width >= from; end -= width) {
            double level = level(signal, changed, end - width, end);
            sum += Double.isNaN(level) ? 0 : level - middle;
            if (sum > best) {
                best = sum;
                since = end - width;
            }
        }
        return Instant.ofEpochSecond(since);
    }

    private static double level(Signal signal, List<Subject> changed, long from, long to) {
        double sum = 0;
        double exposure = 0;
        for (Subject subject : changed) {
            Series series = subject.series(signal.name());
            long begin = Math.max(from, subject.changedAt());
            long end = Math.min(to, subject.until());
            if (series == null || begin >= end) {
                continue;
            }
            double mean = series.mean(begin, end);
            switch (signal.kind()) {
                case COUNT, CRASHES -> {
                    sum += series.sum(begin, end);
                    exposure += series.hours(begin, end);
                }
                case SHARE -> {
                    Series whole = subject.series(String.valueOf(signal.of()));
                    sum += series.sum(begin, end);
                    exposure += whole == null ? 0 : whole.sum(begin, end);
                }
                case GAUGE, GROWING -> {
                    sum += Double.isNaN(mean) ? 0 : mean;
                    exposure += Double.isNaN(mean) ? 0 : 1;
                }
            }
        }
        return exposure == 0 ? Double.NaN : sum / exposure;
    }
}

package dev.flotilla.registry.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a level grows with uptime, before it kills: each machine's robust slope after its change against its slope before, ranked against the
 * same of unchanged machines. Caches fill after a start too, so growth is harm only where it has outgrown what was before the change and, continued for a
 * day with its own slowing, reaches the least harm.
 */
final class TrendRule {
    private static final int POINTS = 12;
    private static final long LEAST = 3300;
    private static final long MOST = 6 * 3600;
    private static final int HORIZON_HOURS = 24;
    /** Of the least harm, what must have grown already. */
    private static final double OUTGROWN = 1.0 / 3;

    private final Signal signal;
    private final Subjects subjects;

    TrendRule(Signal signal, Subjects subjects) {
        this.signal = signal;
        this.subjects = subjects;
    }

    /**
     * Growth, as a share of the level before the change.
     *
     * @param early slope an hour in the first half
     * @param late the same of the second half
     * @param now how far the last of it lies above the level before
     */
    private record Growth(double level, double before, double after, double early, double late, double now) {
        double rise() {
            return (after - before) / level;
        }
    }

    /** Null when nothing was measured for long enough: about an hour. */
    @Nullable
    Finding judge() {
        List<Growth> changed = growths(subjects.changed());
        List<Growth> unchanged = growths(subjects.unchanged());
        if (changed.size() < 2 || unchanged.size() < 2) {
            return null;
        }
        double[] rises = changed.stream().mapToDouble(Growth::rise).toArray();
        double[] otherRises = unchanged.stream().mapToDouble(Growth::rise).toArray();
        double now = median(changed, Part.NOW) - median(unchanged, Part.NOW);
        double early = median(changed, Part.EARLY) - median(unchanged, Part.EARLY);
        double late = median(changed, Part.LATE) - median(unchanged, Part.LATE);
        double reached = now + continued(early, late, halfHours());
        int hit = Sample.clearlyAbove(rises, otherRises);
        boolean large = now >= OUTGROWN * signal.relative() && reached >= signal.relative();
        return new Finding(
                evidence(changed, unchanged, hit, large),
                Ranks.above(Sample.withoutWorst(rises), otherRises),
                Window.HOUR.weight(),
                large,
                reached < signal.relative() ? 0 : 1);
    }

    /** What it grows in a day when each half of the window goes on to change the slope as the second did, but never to a steeper one. */
    private static double continued(double early, double late, double halfHours) {
        double slowing = early > 0 ? Math.clamp(late / early, 0.0, 1.0) : 1;
        double growth = 0;
        double slope = late;
        for (double hours = halfHours; hours <= HORIZON_HOURS; hours += halfHours) {
            slope *= slowing;
            growth += slope * halfHours;
        }
        return growth;
    }

    private List<Growth> growths(List<Subject> of) {
        return of.stream().map(this::growth).filter(Objects::nonNull).toList();
    }

    private @Nullable Growth growth(Subject subject) {
        Series series = subject.series(signal.name());
        long from = Math.max(
                subject.until() - MOST, subject.changedAt() + signal.settling().toSeconds());
        long length = subject.until() - from;
        if (series == null || length < LEAST) {
            return null;
        }
        double level = series.mean(subject.changedAt() - Window.DAY.seconds(), subject.changedAt());
        double[] after = points(series, from, length);
        double[] before = points(series, subject.changedAt() - length, length);
        double hour = 3600.0 * POINTS / length;
        double slope = Slope.of(after, 0, POINTS) * hour;
        double slopeBefore = Slope.of(before, 0, POINTS) * hour;
        double early = Slope.of(after, 0, POINTS / 2) * hour / level;
        double late = Slope.of(after, POINTS / 2, POINTS) * hour / level;
        double now = (after[POINTS - 1] + after[POINTS - 2]) / 2 / level - 1;
        Growth growth = new Growth(level, slopeBefore, slope, early, late, now);
        return level > 0 && Double.isFinite(growth.rise() + early + late + now) ? growth : null;
    }

    private static double[] points(Series series, long from, long length) {
        double[] points = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            points[i] = series.mean(from + length * i / POINTS, from + length * (i + 1) / POINTS);
        }
        return points;
    }

    private double halfHours() {
        double[] lengths = subjects.changed().stream()
                .mapToDouble(subject -> Math.min(
                        MOST,
                        subject.until()
                                - subject.changedAt()
                                - signal.settling().toSeconds()))
                .filter(length -> length >= LEAST)
                .toArray();
        return Sample.median(lengths) / 2 / 3600;
    }

    private enum Part {
        EARLY,
        LATE,
        NOW,
        BEFORE,
        AFTER
    }

    private static double median(List<Growth> growths, Part part) {
        return Sample.median(growths.stream()
                .mapToDouble(growth -> switch (part) {
                    case EARLY -> growth.early();
                    case LATE -> growth.late();
                    case NOW -> growth.now();
                    case BEFORE -> growth.before();
                    case AFTER -> growth.after();
                })
                .toArray());
    }

    private Evidence evidence(List<Growth> changed, List<Growth> unchanged, int hit, boolean large) {
        double before = median(changed, Part.BEFORE);
        double after = median(changed, Part.AFTER);
        double othersBefore = median(unchanged, Part.BEFORE);
        double othersAfter = median(unchanged, Part.AFTER);
        double level = Sample.median(changed.stream().mapToDouble(Growth::level).toArray());
        double outgrown = level * (1 + OUTGROWN * signal.relative());
        long to = subjects.changed().stream().mapToLong(Subject::until).max().orElse(0);
        return new Evidence(
                signal.name(),
                Evidence.Rule.TREND,
                Duration.ofSeconds(Math.min(MOST, to - subjects.firstChange())),
                new Evidence.Levels(before, after),
                new Evidence.Levels(othersBefore, othersAfter),
                before + othersAfter - othersBefore,
                hit,
                changed.size(),
                subjects.since(signal, outgrown, large),
                1,
                false);
    }
}

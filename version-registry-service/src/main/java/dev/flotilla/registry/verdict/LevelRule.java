package dev.flotilla.registry.verdict;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges the level of a gauge: how much it rose on changed machines against how much it rose on unchanged ones, by ranks. What hits everybody may multiply
 * the level or add to it, so both the ratio and the difference must be worse.
 */
final class LevelRule {
    private static final double SMALLEST = 1e-9;

    private final Signal signal;
    private final Subjects subjects;
    private final Window window;

    LevelRule(Signal signal, Subjects subjects, Window window) {
        this.signal = signal;
        this.subjects = subjects;
        this.window = window;
    }

    private record Level(double before, double after) {
        double ratio() {
            return Math.log(Math.max(after, SMALLEST) / Math.max(before, SMALLEST));
        }

        double rise() {
            return after - before;
        }
    }

    /** Null when nothing was measured that could be compared, or not for as long as machines take to settle, once more. */
    @Nullable
    Finding judge() {
        List<Level> changed = levels(subjects.changed());
        List<Level> unchanged = levels(subjects.unchanged());
        if (changed.size() < 2 || unchanged.size() < 2) {
            return null;
        }
        double[] ratios = changed.stream().mapToDouble(Level::ratio).toArray();
        double[] rises = changed.stream().mapToDouble(Level::rise).toArray();
        double[] otherRatios = unchanged.stream().mapToDouble(Level::ratio).toArray();
        double[] otherRises = unchanged.stream().mapToDouble(Level::rise).toArray();
        double[] mostRatios = Sample.withoutWorst(ratios);
        double[] mostRises = Sample.withoutWorst(rises);
        double before = mean(changed, false);
        double after = mean(changed, true);
        double byRise = Sample.mean(mostRises) - Sample.mean(otherRises);
        double least = Math.max(signal.relative() * before, signal.absolute());
        int hit = Sample.clearlyAbove(ratios, otherRatios);
        double p = Math.max(Ranks.above(mostRatios, otherRatios), Ranks.above(mostRises, otherRises));
        double[] leastHarm = Sample.shifted(otherRatios, Math.log1p(signal.relative()));
        boolean large = byRise >= least;
        Evidence.Levels own = new Evidence.Levels(before, after);
        return new Finding(
                evidence(own, unchanged, after - byRise, hit, changed.size(), large),
                p,
                window.weight(),
                large,
                Ranks.below(ratios, leastHarm));
    }

    private List<Level> levels(List<Subject> of) {
        return of.stream().map(this::level).filter(Objects::nonNull).toList();
    }

    private @Nullable Level level(Subject subject) {
        Series series = subject.series(signal.name());
        long settling = signal.settling().toSeconds();
        if (series == null || subject.until() - subject.changedAt() < 2 * settling) {
            return null;
        }
        double after = series.mean(window.from(subject, settling), subject.until());
        double before = series.mean(subject.changedAt() - window.seconds(), subject.changedAt());
        return Double.isNaN(after) || Double.isNaN(before) ? null : new Level(before, after);
    }

    private static double mean(List<Level> levels, boolean after) {
        return levels.stream()
                .mapToDouble(level -> after ? level.after() : level.before())
                .average()
                .orElse(0);
    }

    private Evidence evidence(
            Evidence.Levels own, List<Level> unchanged, double expected, int hit, int machines, boolean large) {
        return new Evidence(
                signal.name(),
                Evidence.Rule.LEVEL,
                window.duration(),
                own,
                new Evidence.Levels(mean(unchanged, false), mean(unchanged, true)),
                expected,
                hit,
                machines,
                subjects.since(signal, (own.after() + expected) / 2, large),
                1,
                false);
    }
}

package dev.flotilla.registry.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events of one machine, and how much could have brought one: hours, or the whole that a share is of.
 *
 * @param after events after the change, in {@code chancesAfter}
 * @param before events before, in {@code chancesBefore}
 */
record Tally(double after, double chancesAfter, double before, double chancesBefore) {
    static List<Tally> of(List<Subject> subjects, Signal signal, Window window) {
        return subjects.stream()
                .map(subject -> of(subject, signal, window))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Tally of(Subject subject, Signal signal, Window window) {
        Series events = subject.series(signal.name());
        Series whole = signal.of() == null ? events : subject.series(signal.of());
        if (events == null || whole == null) {
            return null;
        }
        long from = window.from(subject, signal.settling().toSeconds());
        long beforeFrom = subject.changedAt() - Math.max(window.seconds(), Window.DAY.seconds());
        boolean share = signal.of() != null;
        double chances = share ? whole.sum(from, subject.until()) : events.hours(from, subject.until());
        double chancesBefore =
                share ? whole.sum(beforeFrom, subject.changedAt()) : events.hours(beforeFrom, subject.changedAt());
        return chances <= 0 || chancesBefore <= 0
                ? null
                : new Tally(
                        events.sum(from, subject.until()),
                        chances,
                        events.sum(beforeFrom, subject.changedAt()),
                        chancesBefore);
    }

    double rateAfter() {
        return after / chancesAfter;
    }

    double rateBefore() {
        return before / chancesBefore;
    }

    double rise() {
        return rateAfter() - rateBefore();
    }

    private double excess() {
        return after - chancesAfter * rateBefore();
    }

    /** Without the worst few, by how much more they have than before. */
    static List<Tally> withoutWorst(List<Tally> tallies) {
        return tallies.stream()
                .sorted(Comparator.comparingDouble(Tally::excess))
                .limit(Math.max(0, tallies.size() - Sample.leftOut(tallies.size())))
                .toList();
    }

    static Tally sum(List<Tally> tallies) {
        double[] sums = new double[4];
        for (Tally tally : tallies) {
            sums[0] += tally.after;
            sums[1] += tally.chancesAfter;
            sums[2] += tally.before;
            sums[3] += tally.chancesBefore;
        }
        return new Tally(sums[0], sums[1], sums[2], sums[3]);
    }

    static double[] rises(List<Tally> tallies) {
        return tallies.stream().mapToDouble(Tally::rise).toArray();
    }
}

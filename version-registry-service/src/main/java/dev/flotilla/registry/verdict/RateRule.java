package dev.flotilla.registry.verdict;

import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.jspecify.annotations.Nullable;

/**
 * Judges events: crashes by the hour, errors by the request. The events of the changed machines are compared with what their own past makes expected,
 * raised by as much as the unchanged machines rose: by an exact binomial test of the sums, with counts divided by their overdispersion (how much unchanged
 * machines stray from the expected beyond chance), and by ranks of the machines where most have events.
 */
final class RateRule {
    private final Signal signal;
    private final Subjects subjects;
    private final Window window;

    RateRule(Signal signal, Subjects subjects, Window window) {
        this.signal = signal;
        this.subjects = subjects;
        this.window = window;
    }

    /** Null when nothing was measured that could be compared. */
    @Nullable
    Finding judge() {
        List<Tally> changed = Tally.of(subjects.changed(), signal, window);
        List<Tally> unchanged = Tally.of(subjects.unchanged(), signal, window);
        if (changed.size() < 2 || unchanged.size() < 2) {
            return null;
        }
        List<Tally> most = Tally.withoutWorst(changed);
        Tally own = Tally.sum(most);
        Tally others = Tally.sum(unchanged);
        Expected expected = Expected.of(own, others);
        double spread = spread(unchanged, others);
        double least = Math.max(signal.relative() * Math.min(expected.rate(), own.rateBefore()), signal.absolute());
        int hit = hit(changed, expected.rate() + least);
        double p = Math.min(1, 2 * Math.min(bySums(own, expected, spread), byRanks(most, unchanged)));
        boolean large = own.rateAfter() >= expected.rate() + least;
        return new Finding(
                evidence(own, others, expected.rate(), hit, changed.size(), large),
                p,
                window.weight(),
                large,
                missed(own, expected, least, spread));
    }

    /** What the changed machines would show, and how many events that is known from. */
    private record Expected(double rate, double known) {
        /**
         * A fault that hits everybody may multiply what was there or add to it: the larger is expected. Few events tell little, so each rate is drawn to
         * the common one by half an event.
         */
        static Expected of(Tally own, Tally others) {
            double common = (own.before() + others.before() + others.after() + 0.5)
                    / (own.chancesBefore() + others.chancesBefore() + others.chancesAfter());
            double before = drawn(own.before(), own.chancesBefore(), common);
            double othersBefore = drawn(others.before(), others.chancesBefore(), common);
            double othersAfter = drawn(others.after(), others.chancesAfter(), common);
            double rate = Math.max(before * othersAfter / othersBefore, before + othersAfter - othersBefore);
            double known = 1 / (1 / (own.before() + 0.5) + 1 / (others.before() + 0.5) + 1 / (others.after() + 0.5));
            return new Expected(rate, known);
        }

        private static double drawn(double events, double chances, double common) {
            return (events + 0.5) / (chances + 0.5 / common);
        }

        /** The share of all events, the known ones and those seen, that those seen have at such a rate. */
        double shareAt(double at, Tally own) {
            double seen = at * own.chancesAfter();
            return seen / (seen + known);
        }
    }

    private double bySums(Tally own, Expected expected, double spread) {
        int seen = (int) (own.after() / spread);
        int known = (int) Math.ceil(expected.known() / spread);
        return BinomialTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(seen + known, seen, expected.shareAt(expected.rate(), own))
                .getPValue();
    }

    private static double byRanks(List<Tally> changed, List<Tally> unchanged) {
        long withEvents = changed.stream().filter(tally -> tally.after() > 0).count();
        return 2 * withEvents < changed.size() ? 1 : Ranks.above(Tally.rises(changed), Tally.rises(unchanged));
    }

    /** Pearson's chi-square by machine, 1 where events come by chance alone; what the past of a machine can't tell is no straying. */
    private static double spread(List<Tally> unchanged, Tally others) {
        double before = (others.before() + 0.5) / others.chancesBefore();
        double after = (others.after() + 0.5) / others.chancesAfter();
        double sum = 0;
        for (Tally tally : unchanged) {
            double ownBefore = (tally.before() + 1) / (tally.chancesBefore() + 1 / before);
            double expected = tally.chancesAfter() * ownBefore * after / before;
            double off = tally.after() - expected;
            sum += off * off / (expected * (1 + expected / (tally.before() + 1)));
        }
        return Math.max(1, sum / unchanged.size());
    }

    private static double missed(Tally own, Expected expected, double least, double spread) {
        int seen = (int) Math.ceil(own.after() / spread);
        int known = (int) Math.ceil(expected.known() / spread);
        double harmful = expected.rate() + least;
        return Math.max(
                BinomialDistribution.of(seen + known, expected.shareAt(harmful, own))
                        .cumulativeProbability(seen),
                PoissonDistribution.of(harmful * own.chancesAfter() / spread).cumulativeProbability(seen));
    }

    private static int hit(List<Tally> changed, double rate) {
        return (int) changed.stream()
                .filter(tally -> tally.after() > 0 && tally.rateAfter() >= rate && tally.rise() > 0)
                .count();
    }

    private Evidence evidence(Tally own, Tally others, double expected, int hit, int machines, boolean large) {
        return new Evidence(
                signal.name(),
                signal.kind() == Signal.Kind.SHARE ? Evidence.Rule.SHARE : Evidence.Rule.RATE,
                window.duration(),
                new Evidence.Levels(own.rateBefore(), own.rateAfter()),
                new Evidence.Levels(others.rateBefore(), others.rateAfter()),
                expected,
                hit,
                machines,
                subjects.since(signal, (own.rateAfter() + expected) / 2, large),
                1,
                false);
    }
}

package dev.flotilla.registry.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Judges what needs no comparison of many: at least half of the changed machines crash again and again right after their change, they did not before, and
 * unchanged machines don't. The only harm that a tiny canary can prove.
 */
final class CrashLoop {
    private static final long SOON = 600;
    private static final int AGAIN_AND_AGAIN = 3;
    /** Of the unchanged machines, the most that may crash too. */
    private static final double OTHERS = 0.1;

    private CrashLoop() {}

    /** Null when there is none; the evidence's {@code pValue} is what such machines would show by chance. */
    static @Nullable Evidence judge(Signal signal, Subjects subjects) {
        List<Subject> changed = subjects.changed();
        long looping = changed.stream()
                .filter(subject -> loops(signal, subject) && !loopedBefore(signal, subject))
                .count();
        long others = subjects.unchanged().stream()
                .filter(subject -> loops(signal, subject))
                .count();
        if (looping == 0
                || 2 * looping < changed.size()
                || others > OTHERS * subjects.unchanged().size()) {
            return null;
        }
        double chance = (others + 0.5) / (subjects.unchanged().size() + changed.size() + 1);
        double p = BinomialDistribution.of(changed.size(), chance).survivalProbability((int) looping - 1);
        long settled = subjects.firstChange() + signal.settling().toSeconds();
        return new Evidence(
                signal.name(),
                Evidence.Rule.CRASH_LOOP,
                Duration.ofSeconds(SOON),
                new Evidence.Levels(mean(signal, changed, -SOON), mean(signal, changed, 0)),
                new Evidence.Levels(mean(signal, subjects.unchanged(), -SOON), mean(signal, subjects.unchanged(), 0)),
                mean(signal, subjects.unchanged(), 0),
                (int) looping,
                changed.size(),
                Instant.ofEpochSecond(settled),
                p,
                true);
    }

    private static boolean loops(Signal signal, Subject subject) {
        return crashes(signal, subject, 0, SOON) >= AGAIN_AND_AGAIN;
    }

    private static boolean loopedBefore(Signal signal, Subject subject) {
        return crashes(signal, subject, -Window.HOUR.seconds(), Window.HOUR.seconds()) >= AGAIN_AND_AGAIN;
    }

    private static double crashes(Signal signal, Subject subject, long offset, long length) {
        Series series = subject.series(signal.name());
        long from = subject.changedAt() + offset;
        return series == null ? 0 : series.sum(from, Math.min(subject.until(), from + length));
    }

    private static double mean(Signal signal, List<Subject> of, long offset) {
        return of.stream()
                .mapToDouble(subject -> crashes(signal, subject, offset, SOON))
                .average()
                .orElse(0);
    }
}

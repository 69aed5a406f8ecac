package dev.flotilla.registry.verdict;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.jspecify.annotations.Nullable;

/**
 * Judges faults by how many machines have one, not by how often: one machine may repeat itself a thousand times. Three things must all be unlikely: that
 * as many changed machines had it before, in the worst time as long as this within three days (the veto of Li et al., Gandalf, NSDI 2020); that as many
 * unchanged machines have it now; and that both together explain it. What begins later after the change is blamed less on it.
 */
final class FaultRule {
    /** Of the changed machines, the least that is harm. */
    private static final double LEAST_SHARE = 0.02;

    /** So many times as much time before the change is searched at most: 14 hours a minute after the change, three days five minutes after it. */
    private static final long MOST_BEFORE = 864;

    private final Subjects subjects;
    private final Window window;

    FaultRule(Subjects subjects, Window window) {
        this.subjects = subjects;
        this.window = window;
    }

    /** A finding for each signature that any changed machine showed in its window. */
    List<Finding> judge() {
        TreeSet<String> signatures = new TreeSet<>();
        subjects.changed().forEach(subject -> signatures.addAll(subject.faults().keySet()));
        return signatures.stream().map(this::judge).filter(Objects::nonNull).toList();
    }

    private record Count(int had, int of) {
        double share() {
            return (had + 0.5) / (of + 1);
        }

        Count without(int machines) {
            return new Count(Math.max(0, had - machines), Math.max(1, of - machines));
        }
    }

    private @Nullable Finding judge(String signature) {
        List<Subject> changed = subjects.changed();
        long[] ages = changed.stream()
                .mapToLong(subject -> age(subject, signature))
                .filter(age -> age >= 0)
                .toArray();
        if (ages.length == 0) {
            return null;
        }
        Count after = count(changed, signature, 0);
        Count othersAfter = count(subjects.unchanged(), signature, 0);
        Count before = worstBefore(changed, signature);
        Count othersBefore = count(subjects.unchanged(), signature, 1);
        double expected = Math.min(
                1,
                Math.max(
                        before.share() * othersAfter.share() / othersBefore.share(),
                        before.share() + othersAfter.share() - othersBefore.share()));
        Count most = after.without(Sample.leftOut(changed.size()));
        double together = BinomialTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(most.of(), most.had(), expected)
                .getPValue();
        double p = Math.max(together, Math.max(higher(most, before), higher(most, othersAfter)));
        double onset = Sample.median(Arrays.stream(ages).asDoubleStream().toArray());
        double harm = (double) most.had() / most.of() - Math.max(before.share(), othersAfter.share());
        return new Finding(
                evidence(signature, after, before, othersAfter, othersBefore, expected),
                p,
                window.weight() * Window.blame((long) onset),
                harm >= LEAST_SHARE && most.had() >= 1,
                0);
    }

    /** How long after the change the fault first came, whatever the window; -1 when it has not. */
    private static long age(Subject subject, String signature) {
        Long first = subject.firstFault(signature, subject.changedAt(), subject.until());
        return first == null ? -1 : first - subject.changedAt();
    }

    /** In as much time as the window has of the machine: after the change, or so many times as much before it. */
    private Count count(List<Subject> of, String signature, int timesBefore) {
        int had = 0;
        for (Subject subject : of) {
            long from = window.from(subject, 0);
            long length = subject.until() - from;
            long begin = timesBefore == 0 ? from : subject.changedAt() - timesBefore * length;
            had += subject.firstFault(signature, begin, begin + length) == null ? 0 : 1;
        }
        return new Count(had, of.size());
    }

    /** Where nobody had it before, each such time of the day before counts as one in which nobody had it. */
    private Count worstBefore(List<Subject> changed, String signature) {
        long length = Math.max(
                60,
                changed.stream()
                        .mapToLong(subject -> subject.until() - window.from(subject, 0))
                        .max()
                        .orElse(60));
        long times = Math.clamp(Window.THREE_DAYS.seconds() / length, 1L, MOST_BEFORE);
        int worst = 0;
        if (hadBefore(changed, signature)) {
            for (int k = 1; k <= times; k++) {
                worst = Math.max(worst, count(changed, signature, k).had());
            }
        }
        return worst > 0
                ? new Count(worst, changed.size())
                : new Count(0, changed.size() * (int) Math.max(1, Window.DAY.seconds() / length));
    }

    private static boolean hadBefore(List<Subject> changed, String signature) {
        return changed.stream()
                .anyMatch(subject -> subject.firstFault(
                                signature, subject.changedAt() - Window.THREE_DAYS.seconds() - 1, subject.changedAt())
                        != null);
    }

    private static double higher(Count one, Count other) {
        if (other.of() == 0 || one.had() == 0) {
            return 1;
        }
        return FisherExactTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(new int[][] {{one.had(), one.of() - one.had()}, {other.had(), other.of() - other.had()}})
                .getPValue();
    }

    private Evidence evidence(
            String signature, Count after, Count before, Count othersAfter, Count othersBefore, double expected) {
        Stream<Long> first = subjects.changed().stream()
                .map(subject -> subject.firstFault(signature, subject.changedAt(), subject.until()))
                .filter(Objects::nonNull);
        return new Evidence(
                signature,
                Evidence.Rule.FAULT,
                window.duration(),
                levels(before, after),
                levels(othersBefore, othersAfter),
                expected,
                after.had(),
                after.of(),
                Instant.ofEpochSecond(first.min(Long::compare).orElse(subjects.firstChange())),
                1,
                false);
    }

    private static Evidence.Levels levels(Count before, Count after) {
        return new Evidence.Levels(
                (double) before.had() / Math.max(1, before.of()), (double) after.had() / Math.max(1, after.of()));
    }
}

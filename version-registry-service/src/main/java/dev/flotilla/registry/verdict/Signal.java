package dev.flotilla.registry.verdict;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is measured on machines, of which more is worse.
 *
 * @param name of its series
 * @param of the name of the series that this is a share of; given for {@link Kind#SHARE} and for no other
 * @param relative the least harm, as a share of what was before: 0.15 for 15% more. Less is not harm, however sure
 * @param absolute the least harm in the signal's own unit: events an hour and machine, a share of 1, or the gauge's unit
 * @param settling this long after its change a machine is not judged by it yet
 */
public record Signal(String name, Kind kind, @Nullable String of, double relative, double absolute, Duration settling) {
    /** How it is counted. */
    public enum Kind {
        /** Events in a bucket, judged by the hour and machine. */
        COUNT,
        /** Starts that failed or processes that died: a {@link #COUNT} that speaks for itself when it repeats right after a change. */
        CRASHES,
        /** Events in a bucket, judged by how many of another series they are. */
        SHARE,
        /** A level: a bucket has its mean. */
        GAUGE,
        /** A level that a fault may let grow until the machine dies: its slope is judged too. */
        GROWING
    }

    public Signal {
        if ((kind == Kind.SHARE) != (of != null)) {
            throw new IllegalArgumentException("a share, and nothing else, is of something: " + name);
        }
        if (!(relative > 0) || !(absolute >= 0) || settling.isNegative()) {
            throw new IllegalArgumentException("the least harm must be above zero, settling not below: " + name);
        }
    }

    /** What agents and most monitoring systems tell: crashes, errors of requests, memory (bytes), cpu (cores), latency (ms). */
    public static List<Signal> standard() {
        return List.of(
                new Signal("crashes", Kind.CRASHES, null, 1, 0.05, Duration.ZERO),
                new Signal("errors", Kind.SHARE, "requests", 0.25, 0.002, Duration.ofMinutes(1)),
                new Signal("memory", Kind.GROWING, null, 0.15, 0, Duration.ofMinutes(5)),
                new Signal("cpu", Kind.GAUGE, null, 0.2, 0.02, Duration.ofMinutes(5)),
                new Signal("latency", Kind.GAUGE, null, 0.15, 1, Duration.ofMinutes(5)));
    }
}

package dev.flotilla.cli.supervisor;

import java.time.Duration;

/**
 * How long a process has not answered, and whether that is too long. Patient, because on a busy machine everything is slow: silence
 * counts only from looks in a row that were all in vain, and begins anew when the one who looks was itself held up between two looks.
 */
final class Silence {
    /**
     * What is too long.
     *
     * @param interval between two looks
     * @param looks in vain, in a row, at least
     * @param running since the first of them, for a process that has answered since it was started
     * @param starting the same for one that has not answered yet
     */
    record Bounds(Duration interval, int looks, Duration running, Duration starting) {
        static final Bounds USUAL =
                new Bounds(Duration.ofSeconds(10), 6, Duration.ofSeconds(90), Duration.ofMinutes(5));
    }

    private final Bounds bounds;
    private long process = -1;
    private boolean answeredOnce;
    private int looks;
    private Duration first = Duration.ZERO;
    private Duration last = Duration.ZERO;

    Silence(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes note of a look at a process.
     *
     * @param now on a clock that only goes forward
     * @param took how long the look itself took
     * @return whether it is to be taken for hung
     */
    boolean tooLong(long pid, boolean answered, Duration now, Duration took) {
        boolean heldUp = pid == process
                && now.minus(last).minus(took).compareTo(bounds.interval().multipliedBy(3)) > 0;
        last = now;
        if (pid != process) {
            process = pid;
            answeredOnce = false;
            looks = 0;
        }
        if (answered) {
            answeredOnce = true;
        }
        if (answered || heldUp) {
            looks = 0;
            return false;
        }
        if (looks++ == 0) {
            first = now;
        }
        return looks >= bounds.looks()
                && length(now).compareTo(answeredOnce ? bounds.running() : bounds.starting()) >= 0;
    }

    /** How long it has been silent. */
    Duration length(Duration now) {
        return now.minus(first);
    }
}

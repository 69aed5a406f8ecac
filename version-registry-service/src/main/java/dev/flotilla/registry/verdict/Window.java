package dev.flotilla.registry.verdict;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How far back a look goes, and with what weight: what is recent weighs more. Harm that begins late shows in the last hour, undiluted by the good hours
 * before it; faint harm shows in days.
 */
enum Window {
    HOUR(3600, 3),
    DAY(86400, 2),
    THREE_DAYS(259200, 1);

    private final long seconds;
    private final double weight;

    Window(long seconds, double weight) {
        this.seconds = seconds;
        this.weight = weight;
    }

    /** Those that differ when the first change was so many seconds ago. */
    static List<Window> within(long elapsed) {
        return Arrays.stream(values())
                .filter(window -> window == HOUR || elapsed > values()[window.ordinal() - 1].seconds)
                .toList();
    }

    long seconds() {
        return seconds;
    }

    /** Its share of the permitted false alarms, before it is made to one with the others. */
    double weight() {
        return weight;
    }

    Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    /** Where the window begins of a machine that is looked at until then: never before it had settled after its change. */
    long from(Subject subject, long settling) {
        return Math.max(subject.until() - seconds, subject.changedAt() + settling);
    }

    /** The weight of a fault that began so many seconds after the change: blame fades, and ends after three days. */
    static double blame(long age) {
        return Arrays.stream(values())
                .filter(window -> age <= window.seconds)
                .findFirst()
                .map(window -> window.weight / HOUR.weight)
                .orElse(0.0);
    }
}

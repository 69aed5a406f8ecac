package dev.flotilla.policy.decision.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A window that comes again.
 *
 * @param from minutes after midnight
 * @param to minutes after midnight, more than a day's for one that ends on the day after
 */
record Recurring(ZoneId zone, Set<DayOfWeek> days, int from, int to) {
    /** The window that begins on this date by the clock on the wall, if it opens on it. */
    Optional<Interval> on(LocalDate date) {
        if (!days.contains(date.getDayOfWeek())) {
            return Optional.empty();
        }
        Interval interval = new Interval(first(zone, at(date, from)), last(zone, at(date, to)));
        return interval.start().isBefore(interval.end()) ? Optional.of(interval) : Optional.empty();
    }

    private static LocalDateTime at(LocalDate date, int minutes) {
        return date.atStartOfDay().plusMinutes(minutes);
    }

    /** The first moment at which clocks show this; where they skip it, the moment at which they do. */
    static Instant first(ZoneId zone, LocalDateTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** The last moment at which clocks show this; where they skip it, the moment at which they do. */
    static Instant last(ZoneId zone, LocalDateTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        // Clocks that are put back to exactly this time show it twice; what ends with it ends when it is first reached.
        if (change != null && change.getDateTimeAfter().equals(time)) {
            return time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        }
        return time.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }

    /** Whether clocks never show this time on this date. */
    static boolean isSkipped(ZoneId zone, LocalDateTime time) {
        return zone.getRules().getValidOffsets(time).equals(List.of());
    }
}

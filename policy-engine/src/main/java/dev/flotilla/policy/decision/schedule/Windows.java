package dev.flotilla.policy.decision.schedule;

import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The windows of a schedule. Windows that meet or overlap are one. */
public final class Windows {
    /** How far ahead the next window is looked for: a window on one day of the week that clocks skip now and then is found. */
    private static final Duration LOOK_AHEAD = Duration.ofDays(400);

    /** How far windows that meet are followed; what is open longer is open for good, as far as anybody who waits is concerned. */
    private static final Duration LONGEST_CHAIN = Duration.ofDays(62);

    private final ZoneId zone;
    private final List<Interval> once;
    private final List<Recurring> recurring;

    Windows(ZoneId zone, List<Interval> once, List<Recurring> recurring) {
        this.zone = zone;
        this.once = List.copyOf(once);
        this.recurring = List.copyOf(recurring);
    }

    /** Reads a schedule; whether its windows lie in the past is not asked. */
    public static Windows of(Schedule schedule) throws ScheduleMistake {
        return new ScheduleReader(schedule).read();
    }

    /** The same for one that is being stored: each window must open at some time after this moment. */
    public static Windows of(Schedule schedule, Instant now) throws ScheduleMistake {
        Windows windows = of(schedule);
        for (int i = 0; i < schedule.windows().size(); i++) {
            Schedule alone =
                    new Schedule(schedule.zone(), List.of(schedule.windows().get(i)), schedule.when());
            Opening opening = of(alone).at(now);
            if (!opening.open() && opening.until() == null) {
                throw new ScheduleMistake(
                        "windows[" + i + "]",
                        "must open at some time to come",
                        shown(schedule.windows().get(i)));
            }
        }
        return windows;
    }

    private static String shown(Window window) {
        return window.start() == null ? window.from() + " to " + window.to() : window.start() + " to " + window.end();
    }

    /** Whether a window is open at this moment, and until when that stays so. */
    public Opening at(Instant moment) {
        Instant end = endOfAllThatMeet(moment);
        if (end == null) {
            return new Opening(false, nextStart(moment));
        }
        return new Opening(true, end.isAfter(moment.plus(LONGEST_CHAIN)) && !recurring.isEmpty() ? null : end);
    }

    private @Nullable Instant endOfAllThatMeet(Instant moment) {
        Instant bound = moment.plus(LONGEST_CHAIN);
        Instant end = null;
        Instant reached = moment;
        while (!reached.isAfter(bound)) {
            Instant from = reached;
            Instant next = around(reached)
                    .filter(interval -> interval.contains(from))
                    .map(Interval::end)
                    .max(Instant::compareTo)
                    .orElse(null);
            if (next == null) {
                return end;
            }
            end = next;
            reached = next;
        }
        return end;
    }

    private @Nullable Instant nextStart(Instant moment) {
        Instant next = once.stream()
                .map(Interval::start)
                .filter(start -> start.isAfter(moment))
                .min(Instant::compareTo)
                .orElse(null);
        for (Recurring window : recurring) {
            Instant start = nextStart(window, moment);
            if (start != null && (next == null || start.isBefore(next))) {
                next = start;
            }
        }
        return next;
    }

    private @Nullable Instant nextStart(Recurring window, Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        LocalDate last = today.plusDays(LOOK_AHEAD.toDays());
        for (LocalDate date = today.minusDays(1); !date.isAfter(last); date = date.plusDays(1)) {
            Instant start = window.on(date).map(Interval::start).orElse(Instant.MIN);
            if (start.isAfter(moment)) {
                return start;
            }
        }
        return null;
    }

    /** All windows that can be open at this moment. */
    private Stream<Interval> around(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        List<Interval> found = new ArrayList<>(once);
        for (Recurring window : recurring) {
            for (int day = -2; day <= 1; day++) {
                window.on(today.plusDays(day)).ifPresent(found::add);
            }
        }
        return found.stream();
    }
}

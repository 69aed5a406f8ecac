package dev.flotilla.policy.decision.schedule;

import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a schedule, window by window, and says which field of it can't be. */
final class ScheduleReader {
    private static final int DAY = 24 * 60;
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00");
    private static final int LAST_YEAR = 9999;

    private final Schedule schedule;

    ScheduleReader(Schedule schedule) {
        this.schedule = schedule;
    }

    Windows read() throws ScheduleMistake {
        ZoneId zone = zone(schedule.zone());
        List<Interval> once = new ArrayList<>();
        List<Recurring> recurring = new ArrayList<>();
        for (int i = 0; i < schedule.windows().size(); i++) {
            Window window = schedule.windows().get(i);
            String field = "windows[" + i + "]";
            boolean again = window.from() != null || window.to() != null || window.days() != null;
            if (again == (window.start() != null || window.end() != null)) {
                throw new ScheduleMistake(field, "must give from and to, with days or without, or start and end", null);
            }
            if (again) {
                recurring.add(recurring(field, window, zone));
            } else {
                once.add(once(field, window, zone));
            }
        }
        return new Windows(zone, once, recurring);
    }

    private static ZoneId zone(String name) throws ScheduleMistake {
        try {
            // Three letters such as EST or CET say nothing reliable about changes of the clocks; regions and UTC do.
            if (name.contains("/") || name.equals("UTC")) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            // answered below
        }
        throw new ScheduleMistake("zone", "must be an IANA time zone such as Europe/Berlin, or UTC", name);
    }

    private static Recurring recurring(String field, Window window, ZoneId zone) throws ScheduleMistake {
        int from = minutes(field + ".from", window.from());
        int to = minutes(field + ".to", window.to());
        if (from == to || from == DAY) {
            throw new ScheduleMistake(
                    field + ".to",
                    "must not be the time at which the window begins: it would never open; a whole day is 00:00 to 24:00",
                    window.to());
        }
        Set<DayOfWeek> days = window.days();
        if (days != null && days.isEmpty()) {
            throw new ScheduleMistake(field + ".days", "must name a day; leave it out for every day", null);
        }
        return new Recurring(
                zone, days == null ? EnumSet.allOf(DayOfWeek.class) : days, from, to > from ? to : to + DAY);
    }

    private static int minutes(String field, @Nullable String time) throws ScheduleMistake {
        Matcher matcher = TIME.matcher(time == null ? "" : time);
        if (!matcher.matches()) {
            throw new ScheduleMistake(field, "must be a time of day from 00:00 to 24:00, such as 22:30", time);
        }
        return matcher.group(1) == null
                ? DAY
                : Integer.parseInt(matcher.group(1)) * 60 + Integer.parseInt(matcher.group(2));
    }

    private static Interval once(String field, Window window, ZoneId zone) throws ScheduleMistake {
        LocalDateTime start = moment(field + ".start", window.start(), zone);
        LocalDateTime end = moment(field + ".end", window.end(), zone);
        Interval interval = new Interval(Recurring.first(zone, start), Recurring.last(zone, end));
        if (!start.isBefore(end) || !interval.start().isBefore(interval.end())) {
            throw new ScheduleMistake(field + ".end", "must be after start: the window would never open", end);
        }
        return interval;
    }

    private static LocalDateTime moment(String field, @Nullable LocalDateTime time, ZoneId zone)
            throws ScheduleMistake {
        if (time == null || time.getYear() < 1970 || time.getYear() > LAST_YEAR) {
            throw new ScheduleMistake(field, "must be a date and time such as 2026-12-20T18:00", time);
        }
        if (Recurring.isSkipped(zone, time)) {
            throw new ScheduleMistake(field, "does not exist in " + zone + ": clocks are put forward past it", time);
        }
        return time;
    }
}

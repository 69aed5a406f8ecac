package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.api.policy.Schedule.Window;
import dev.flotilla.cli.time.Times;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** From when to when, by the clock on a wall: once, or again and again. */
final class Period {
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d|24:00");

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "When it begins: 2030-12-20T18:00 in the zone, 2h from now, or 22:00 for each day.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "When it ends, likewise: 2h is from now too.")
    private @Nullable String to;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            converter = Days.class,
            description = "On which days it begins, such as mon-fri or sat,sun. Default: on each.")
    private @Nullable Set<DayOfWeek> days;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Whose clock that is, such as Europe/Berlin. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private ZoneId zone;

    ZoneId zone() {
        return zone;
    }

    /** Whether it comes again: times of day are given, or days. */
    boolean daily() {
        return days != null || (from != null && TIME_OF_DAY.matcher(from).matches());
    }

    /** The window that comes again; a usage error where its times are no times of day. */
    Window window() {
        return new Window(days, timeOfDay("--from", from), timeOfDay("--to", to), null, null);
    }

    private String timeOfDay(String option, @Nullable String text) {
        if (text == null) {
            throw usage("Say from when to when: --from 22:00 --to 04:00.");
        }
        if (!TIME_OF_DAY.matcher(text).matches()) {
            throw wrong(option, text, "is no time of day: write --from 22:00 --to 04:00");
        }
        return text;
    }

    /** When it begins; null for now. */
    @Nullable
    LocalDateTime start(Instant now) {
        return from == null || from.equals("now") ? null : time("--from", from, now);
    }

    /** When it ends, after the given beginning; null where nothing is said. A time of day is the next one. */
    @Nullable
    LocalDateTime end(LocalDateTime start, Instant now) {
        if (to == null) {
            return null;
        }
        LocalDateTime end;
        if (TIME_OF_DAY.matcher(to).matches() && !to.startsWith("24")) {
            LocalDateTime that = start.toLocalDate().atTime(LocalTime.parse(to));
            end = that.isAfter(start) ? that : that.plusDays(1);
        } else {
            end = time("--to", to, now);
        }
        if (!end.isAfter(start)) {
            throw wrong("--to", to, "is not after the beginning, " + RuleWords.wall(start) + " " + zone);
        }
        return end;
    }

    private LocalDateTime time(String option, String text, Instant now) {
        try {
            return Times.wall(text, zone, InstantSource.fixed(now));
        } catch (IllegalArgumentException e) {
            throw wrong(
                    option,
                    text,
                    "is no time: write 2030-12-20T18:00, 2h for two hours from now, or 22:00 for each day, and"
                            + " --zone Europe/Berlin");
        }
    }

    /** The moment at which a window ends then: the second where clocks show it twice, the change where they skip it. */
    Instant moment(LocalDateTime wall) {
        ZoneOffsetTransition change = zone.getRules().getTransition(wall);
        return change != null && change.isGap()
                ? change.getInstant()
                : ZonedDateTime.of(wall, zone).withLaterOffsetAtOverlap().toInstant();
    }

    private ParameterException wrong(String option, String text, String why) {
        return usage("Invalid value for option '" + option + "': '" + text + "' " + why);
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

package dev.flotilla.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Moments as people read them, seen from one moment and in one time zone.
 *
 * @param now from where they are seen
 */
public record Moments(Instant now, ZoneId zone) {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss z", Locale.ENGLISH);
    private static final DateTimeFormatter OTHER_DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss z", Locale.ENGLISH);
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    /** What is no further away is said to be so long ago, too. */
    private static final Duration SHORT = Duration.ofHours(1);

    /** In the time zone of this computer. */
    public Moments(Instant now) {
        this(now, ZoneId.systemDefault());
    }

    /** {@code 14:02:11 UTC}, with the date on another day. */
    public String at(Instant moment) {
        boolean today = LocalDate.ofInstant(moment, zone).equals(LocalDate.ofInstant(now, zone));
        return (today ? TODAY : OTHER_DAY).format(moment.atZone(zone));
    }

    /** A text of a service with the moments in it as people read them: {@code 2026-11-23T14:02:11Z} is {@code 14:02:11 UTC (3 min 20 s ago)}. */
    public String readable(String text) {
        return INSTANT.matcher(text).replaceAll(this::near);
    }

    private String near(MatchResult found) {
        Instant moment;
        try {
            moment = Instant.parse(found.group());
        } catch (DateTimeException e) {
            return found.group(); // somebody's own words, such as those of a reason, may hold anything
        }
        Duration ago = Duration.between(moment, now);
        String span = Quantities.span(ago.abs());
        return at(moment)
                + (ago.abs().compareTo(SHORT) > 0
                        ? ""
                        : ago.isNegative() ? " (in " + span + ")" : " (" + span + " ago)");
    }

    /** {@code for 3 min 20 s, since 14:02:11 UTC}; null where the moment is not known. */
    public @Nullable String since(@Nullable Instant moment) {
        return moment == null
                ? null
                : "for " + Quantities.span(Duration.between(moment, now)) + ", since " + at(moment);
    }

    /** {@code 14:30:00 UTC, in 12 min 3 s}; null where the moment is not known. */
    public @Nullable String until(@Nullable Instant moment) {
        if (moment == null) {
            return null;
        }
        return at(moment)
                + (moment.isAfter(now)
                        ? ", in " + Quantities.span(Duration.between(now, moment))
                        : ", which is over: it is looked at again");
    }
}

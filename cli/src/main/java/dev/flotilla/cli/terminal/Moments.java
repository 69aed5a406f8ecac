package dev.flotilla.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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
    private static final Pattern INSTANT = Pattern.compile(
            "(since (?:shortly before )?)?(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)");
    private static final Pattern SPAN = Pattern.compile("\\bPT(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?\\b");
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

    /** The moment itself, with the date, for what is read on another day. */
    public String dated() {
        return OTHER_DAY.format(now.atZone(zone));
    }

    /**
     * A text of a service with the moments and spans in it as people read them: {@code 2026-11-23T14:02:11Z} is
     * {@code 14:02:11 UTC (3 min 20 s ago)}, and {@code PT25S} is {@code 25 s}.
     */
    public String readable(String text) {
        String moments = INSTANT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(near(found)));
        return SPAN.matcher(moments).replaceAll(found -> Matcher.quoteReplacement(span(found)));
    }

    private String near(MatchResult found) {
        try {
            String since = found.group(1);
            Instant moment = Instant.parse(found.group(2));
            Instant past = since != null && moment.isAfter(now) ? now : moment;
            return (since == null ? "" : since)
                    + (Duration.between(past, now).abs().compareTo(SHORT) > 0 ? at(past) : away(past));
        } catch (DateTimeException e) {
            return found.group(); // somebody's own words, such as those of a reason, may hold anything
        }
    }

    private static String span(MatchResult found) {
        try {
            return Quantities.span(Duration.parse(found.group()));
        } catch (DateTimeException e) {
            return found.group();
        }
    }

    private String away(Instant moment) {
        Duration ago = Duration.between(moment, now);
        String span = Quantities.span(ago.abs());
        return at(moment) + (ago.isNegative() ? " (in " + span + ")" : " (" + span + " ago)");
    }

    /** {@code 14:02:11 UTC (3 min 20 s ago)}; null where the moment is not known. */
    public @Nullable String since(@Nullable Instant moment) {
        return moment == null ? null : away(moment.isAfter(now) ? now : moment);
    }

    /** {@code 14:30:00 UTC (in 12 min 3 s)}; null where the moment is not known. */
    public @Nullable String until(@Nullable Instant moment) {
        if (moment == null) {
            return null;
        }
        return moment.isAfter(now) ? away(moment) : at(moment) + ", which is over: it is looked at again";
    }
}

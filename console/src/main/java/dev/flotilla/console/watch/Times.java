package dev.flotilla.console.watch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as the page writes them: absolute, in UTC, as the logs do, so that a page need not change only because time passes. */
public final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter DATED = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    private static final Pattern SPAN = Pattern.compile("\\bPT(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?\\b");

    private Times() {}

    /** A text of a service with the times and spans in it as the page writes them. */
    public static String readable(String text) {
        String times = INSTANT.matcher(text).replaceAll(found -> shown(found, time -> at(Instant.parse(time))));
        return SPAN.matcher(times).replaceAll(found -> shown(found, span -> took(Duration.parse(span))));
    }

    private static String shown(MatchResult found, UnaryOperator<String> words) {
        String text = found.group();
        try {
            return Matcher.quoteReplacement(words.apply(text));
        } catch (DateTimeException e) {
            return Matcher.quoteReplacement(text); // somebody's own words may hold anything
        }
    }

    /** Such as {@code 22 Nov 15:36:01 UTC}. */
    public static String at(Instant instant) {
        return FORMAT.format(instant);
    }

    /** What may be years away, such as {@code 2 Jan 2031 05:00 UTC}. */
    public static String dated(Instant instant) {
        return DATED.format(instant);
    }

    /** Such as {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 2 min}. */
    public static String took(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}

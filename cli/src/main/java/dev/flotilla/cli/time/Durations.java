package dev.flotilla.cli.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as every option takes them: {@code 20s}, {@code 5m}, {@code 1h30m}, {@code 2d}, or as ISO 8601 has them, {@code PT20S}. */
public final class Durations {
    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6}(?:\\.\\d{1,9})?)s)?");

    private Durations() {}

    /**
     * @throws IllegalArgumentException for anything else; the message shows what is understood
     */
    public static Duration parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replace(" ", "");
        Matcher matcher = SHORT.matcher(plain);
        try {
            if (!plain.isEmpty() && matcher.matches()) {
                String seconds = matcher.group(4);
                return Duration.ofDays(number(matcher.group(1)))
                        .plusHours(number(matcher.group(2)))
                        .plusMinutes(number(matcher.group(3)))
                        .plus(seconds == null ? Duration.ZERO : Duration.parse("PT" + seconds + "S"));
            }
            return Duration.parse(plain);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration: write 20s, 5m, 1h30m or 2d (or PT20S, as in ISO 8601)", e);
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The same as it would be typed: {@code 1h30m}. */
    public static String text(Duration duration) {
        if (duration.isNegative() || duration.toNanosPart() != 0) {
            return duration.toString();
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }
}

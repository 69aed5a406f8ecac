package dev.flotilla.cli.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as every option takes them: with their zone, or so long from now. */
public final class Times {
    private static final Pattern WITH_ZONE =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2})?) ?\\[?([A-Za-z][A-Za-z0-9_+/-]+)]?");
    private static final Pattern BLANK_BEFORE_TIME = Pattern.compile("(?<=\\d{4}-\\d{2}-\\d{2}) (?=\\d{2}:)");

    private Times() {}

    /**
     * {@code 2030-01-31T12:00Z}, {@code 2030-01-31 12:00 Europe/Berlin}, or {@code 4h} for four hours from now.
     *
     * @throws IllegalArgumentException for anything else; the message shows what is understood
     */
    public static Instant parse(String text, InstantSource clock) {
        String plain = BLANK_BEFORE_TIME.matcher(text.strip()).replaceFirst("T");
        Matcher zoned = WITH_ZONE.matcher(plain);
        try {
            if (zoned.matches()) {
                return LocalDateTime.parse(zoned.group(1))
                        .atZone(ZoneId.of(zoned.group(2)))
                        .toInstant();
            }
            return plain.contains("T") && plain.contains("-")
                    ? OffsetDateTime.parse(plain).toInstant()
                    : clock.instant().plus(Durations.parse(plain));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time: write 2030-01-31T12:00Z, '2030-01-31 12:00 Europe/Berlin',"
                            + " or 4h for four hours from now",
                    e);
        }
    }

    /**
     * A time as the clock of a zone shows it: {@code 2030-01-31T12:00} there, or what {@link #parse} takes, to the second.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static LocalDateTime wall(String text, ZoneId zone, InstantSource clock) {
        String plain = BLANK_BEFORE_TIME.matcher(text.strip()).replaceFirst("T");
        try {
            return LocalDateTime.parse(plain);
        } catch (DateTimeException e) {
            return LocalDateTime.ofInstant(parse(text, clock), zone).truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * A time zone by its name.
     *
     * @throws IllegalArgumentException for what is none; the message shows some
     */
    public static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time zone: write Europe/Berlin, America/New_York or UTC", e);
        }
    }
}

package dev.flotilla.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Moments as people read them, seen from one moment: in UTC, as the logs are.
 *
 * @param now from where they are seen
 */
public record Moments(Instant now) {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ENGLISH);
    private static final DateTimeFormatter OTHER_DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH);

    /** {@code 14:02:11 UTC}, with the date on another day. */
    public String at(Instant moment) {
        boolean today = LocalDate.ofInstant(moment, ZoneOffset.UTC).equals(LocalDate.ofInstant(now, ZoneOffset.UTC));
        return (today ? TODAY : OTHER_DAY).format(moment.atZone(ZoneOffset.UTC));
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

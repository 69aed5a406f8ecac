package dev.flotilla.api.policy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a policy applies. A freeze defers {@code INSIDE} its windows, a maintenance window defers {@code OUTSIDE} of them.
 *
 * <p>Where clocks are put forward, a window that begins or ends at a time that is skipped begins or ends at the change; one that lies wholly in
 * what is skipped does not open on that day. Where clocks are put back and a time comes twice, a window begins at the first and ends at the second.
 *
 * @param zone an IANA time zone such as {@code Europe/Berlin}, or {@code UTC}
 * @param windows at most 100; those that meet or overlap count as one. One that can never open any more is refused
 */
public record Schedule(
        @NotBlank String zone,
        @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Window> windows,
        @NotNull When when) {

    /** On which side of its windows the policy applies. */
    public enum When {
        INSIDE,
        OUTSIDE
    }

    /**
     * Either {@code from} and {@code to}, which come again on {@code days}, or {@code start} and {@code end}, once.
     *
     * @param days on which the window begins; null for each day
     * @param from time of day {@code HH:mm}
     * @param to time of day, {@code 24:00} for midnight; before {@code from} for one on the day after
     * @param start date and time in the zone, such as {@code 2026-12-20T18:00}
     * @param end date and time in the zone
     */
    public record Window(
            @Nullable Set<@NotNull DayOfWeek> days,
            @Nullable String from,
            @Nullable String to,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime end) {

        /** A window that opens on these days; on each where none is given. */
        public static Window daily(String from, String to, DayOfWeek... days) {
            return new Window(days.length == 0 ? null : Set.of(days), from, to, null, null);
        }

        /** A window that opens once. */
        public static Window once(LocalDateTime start, LocalDateTime end) {
            return new Window(null, null, null, start, end);
        }
    }
}

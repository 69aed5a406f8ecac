package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.Window;
import dev.flotilla.api.policy.Selector;
import dev.flotilla.cli.terminal.Moments;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules in words. */
final class PolicyWords {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);

    private PolicyWords() {}

    /** {@code service hello, environment prod-a}. */
    static String what(Selector selector) {
        List<String> parts = new ArrayList<>();
        add(parts, "service", selector.service());
        add(parts, "environment", selector.environment());
        add(parts, "function", selector.machineFunction());
        add(parts, "region", selector.region());
        add(parts, "tenant", selector.tenant());
        add(parts, "machine", selector.machine());
        return parts.isEmpty() ? "everything" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String kind, @Nullable String name) {
        if (name != null) {
            parts.add(kind + " " + name);
        }
    }

    /** When it applies: {@code outside Mon-Fri 22:00 to 04:00 Europe/Berlin, if version == "1"}. */
    static String when(Policy policy) {
        List<String> parts = new ArrayList<>();
        Schedule schedule = policy.schedule();
        if (schedule != null) {
            parts.add((schedule.when() == Schedule.When.OUTSIDE ? "outside " : "") + windows(schedule));
        }
        if (policy.condition() != null) {
            parts.add("if " + policy.condition());
        }
        return parts.isEmpty() ? "always" : String.join(", ", parts);
    }

    static String windows(Schedule schedule) {
        return schedule.windows().stream().map(PolicyWords::window).collect(Collectors.joining(" and ")) + " "
                + schedule.zone();
    }

    private static String window(Window window) {
        if (window.start() != null && window.end() != null) {
            return WALL.format(window.start()) + " to " + WALL.format(window.end());
        }
        return (window.days() == null ? "each day" : Days.text(window.days())) + " " + window.from() + " to "
                + window.to();
    }

    /** {@code 20 Dec 2026 18:00 Europe/Berlin}. */
    static String wall(LocalDateTime time, ZoneId zone) {
        return WALL.format(time) + " " + zone;
    }

    /** {@code 14:30:00 UTC, in 12 min 3 s}, or nothing said. */
    static String until(@Nullable Instant moment, String otherwise) {
        String until = new Moments(InstantSource.system().instant()).until(moment);
        return until == null ? otherwise : until;
    }

    /** {@code 14:30:00 UTC}, with the date on another day. */
    static String at(Instant moment) {
        return new Moments(InstantSource.system().instant()).at(moment);
    }
}

package dev.flotilla.api.policy;

import dev.flotilla.api.policy.Schedule.Window;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules as people read them, the same on the command line and on the page. */
public final class RuleWords {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
    private static final int SHORTEST_SPAN = 3;

    private RuleWords() {}

    /** {@code service hello, environment prod-a}. */
    public static String what(Selector selector) {
        List<String> parts = new ArrayList<>();
        add(parts, "service", selector.service());
        add(parts, "environment", selector.environment());
        add(parts, "function", selector.machineFunction());
        add(parts, "region", selector.region());
        add(parts, "tenant", selector.tenant());
        add(parts, "machine", selector.machine());
        return parts.isEmpty() ? "everything" : String.join(", ", parts);
    }

    /** {@code service hello, machine m7}. */
    public static String what(OptOut optOut) {
        return what(new Selector(optOut.service(), null, null, null, optOut.tenant(), optOut.machine(), null));
    }

    private static void add(List<String> parts, String kind, @Nullable String name) {
        if (name != null) {
            parts.add(kind + " " + name);
        }
    }

    /** What an override lifts: {@code all that defers, nights, opt-out exhibition}. */
    public static String lifted(PolicyOverride override) {
        List<String> parts = new ArrayList<>();
        if (Boolean.TRUE.equals(override.allDeferrals())) {
            parts.add("all that defers");
        }
        parts.addAll(Objects.requireNonNullElse(override.policies(), List.of()));
        Objects.requireNonNullElse(override.optOuts(), List.<String>of()).forEach(name -> parts.add("opt-out " + name));
        return String.join(", ", parts);
    }

    /** When it applies: {@code outside Mon-Fri 22:00 to 04:00 Europe/Berlin, if version == "1"}. */
    public static String when(Policy policy) {
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

    /** {@code Mon-Fri 22:00 to 04:00 Europe/Berlin}. */
    public static String windows(Schedule schedule) {
        return schedule.windows().stream().map(RuleWords::window).collect(Collectors.joining(" and ")) + " "
                + schedule.zone();
    }

    private static String window(Window window) {
        if (window.start() != null && window.end() != null) {
            return wall(window.start()) + " to " + wall(window.end());
        }
        return (window.days() == null ? "each day" : days(window.days())) + " " + window.from() + " to " + window.to();
    }

    /** {@code 20 Dec 2026 18:00}. */
    public static String wall(LocalDateTime time) {
        return WALL.format(time);
    }

    /** {@code Mon-Fri, Sun}. */
    public static String days(Collection<DayOfWeek> days) {
        List<String> parts = new ArrayList<>();
        List<DayOfWeek> run = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (days.contains(day)) {
                run.add(day);
            } else {
                end(run, parts);
            }
        }
        end(run, parts);
        return String.join(", ", parts);
    }

    private static void end(List<DayOfWeek> run, List<String> parts) {
        if (run.size() >= SHORTEST_SPAN) {
            parts.add(name(run.getFirst()) + "-" + name(run.getLast()));
        } else {
            run.forEach(day -> parts.add(name(day)));
        }
        run.clear();
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }
}

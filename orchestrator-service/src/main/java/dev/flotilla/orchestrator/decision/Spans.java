package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Spans of time in words. */
public final class Spans {
    private Spans() {}

    /** Such as {@code 10 s}, {@code 1 h 30 min}; {@code 0.5 s} below a second. */
    public static String words(Duration span) {
        List<String> parts = new ArrayList<>();
        add(parts, span.toDays(), " d");
        add(parts, span.toHoursPart(), " h");
        add(parts, span.toMinutesPart(), " min");
        add(parts, span.toSecondsPart(), " s");
        return parts.isEmpty() ? span.toMillis() / 1000.0 + " s" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long number, String unit) {
        if (number > 0) {
            parts.add(number + unit);
        }
    }
}

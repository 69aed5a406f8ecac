package dev.flotilla.policy.decision.schedule;

import org.jspecify.annotations.Nullable;

/** A schedule that can't be, or never opens. */
public final class ScheduleMistake extends Exception {
    private static final long serialVersionUID = 1L;
    private final String field;
    private final @Nullable String rejected;

    ScheduleMistake(String field, String message, @Nullable Object rejected) {
        super(message);
        this.field = field;
        this.rejected = rejected == null ? null : rejected.toString();
    }

    /** Below the schedule, such as {@code windows[0].to}. */
    public String field() {
        return field;
    }

    public @Nullable String rejected() {
        return rejected;
    }

    public String said() {
        return String.valueOf(getMessage());
    }
}

package dev.flotilla.agent.process;

import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param code its exit code, 128 and the number for a signal; null where it is unknown because an earlier run of the agent started it
 */
public record Exit(@Nullable Integer code) {
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;

    /** What {@code setsid} and shells say when a program cannot be executed. */
    public static final int CANNOT_EXECUTE = 126;

    /** Fits behind "ended with". */
    public String describe() {
        if (code == null) {
            return "an exit code that nobody saw, because the agent was restarted meanwhile";
        }
        if (code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL) {
            return Signal.nameOf(code - SIGNALLED);
        }
        return "exit code " + code;
    }
}

package dev.flotilla.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/<pid>/stat} says of a process (proc(5)).
 *
 * @param startTicks when it was started, in clock ticks since boot: with the pid it names a process for good
 */
record ProcStat(long pid, char state, long group, long session, long startTicks) {
    private static final int STATE = 0;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int START_TICKS = 19;

    /** A zombie has ended: it only waits for its parent to hear of it. */
    boolean living() {
        return state != 'Z' && state != 'X' && state != 'x';
    }

    boolean leadsSession() {
        return pid == group && pid == session;
    }

    /** Null where there is no such process. */
    static @Nullable ProcStat of(long pid) {
        try {
            String text = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat")), StandardCharsets.ISO_8859_1);
            return parse(pid, text);
        } catch (IOException e) {
            return null;
        }
    }

    /** Null for what is no such line: a process that ends meanwhile may leave an empty one. */
    static @Nullable ProcStat parse(long pid, String text) {
        // the command name stands in brackets and may itself hold blanks and brackets
        if (text.length() < text.lastIndexOf(')') + 2 || text.lastIndexOf(')') < 0) {
            return null;
        }
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        if (fields.length <= START_TICKS) {
            return null;
        }
        return new ProcStat(
                pid,
                fields[STATE].charAt(0),
                Long.parseLong(fields[GROUP]),
                Long.parseLong(fields[SESSION]),
                Long.parseLong(fields[START_TICKS].trim()));
    }
}

package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.log.ServiceLog;
import dev.flotilla.agent.process.Exit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Says how a process ended so that the person who wrote it knows where to look. */
final class LastWords {
    private static final int LINES = 5;
    private static final int LONGEST_LINE = 300;
    private static final String BUSY = "Text file busy";

    private final ServiceLog output;
    private final Run run;

    LastWords(ServiceLog output, Run run) {
        this.output = output;
        this.run = run;
    }

    /** Like {@code 1.1.0 ended with exit code 3 after 0.2 s; its last output: no such table}. */
    String describe(Exit exit, Duration uptime) {
        String start = run.release.version() + " ended with " + exit.describe() + " after " + seconds(uptime);
        List<String> lines = lines();
        return lines.isEmpty()
                ? start + ", without any output"
                : start + "; its last output: " + String.join(" | ", lines);
    }

    /** True where the program could not be executed because its file was still open for writing in a process just being started. */
    boolean fileWasBusy(Exit exit) {
        return exit.code() != null
                && exit.code() == Exit.CANNOT_EXECUTE
                && lines().stream().anyMatch(line -> line.contains(BUSY));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1000.0);
    }

    private List<String> lines() {
        try {
            return output.outputSince(run.outputFrom, LINES).stream()
                    .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                    .toList();
        } catch (IOException e) {
            return List.of("(the log can't be read: " + e.getMessage() + ")");
        }
    }
}

package dev.flotilla.cli.supervisor;

import dev.flotilla.standalone.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process that shall run.
 *
 * @param name what its log is called
 * @param environment added to the supervisor's own
 * @param parts the parts it carries, which are healthy when they say so over HTTP
 * @param grace how long it may take to stop before it is killed
 */
record ProcessPlan(
        String name,
        List<String> command,
        Map<String, String> environment,
        List<Part> parts,
        Duration grace,
        Readiness readiness,
        Liveness liveness,
        Stopping stopping) {

    /** Whether a process, alive, does its work; beyond what its parts say. */
    interface Readiness {
        boolean ready(ProcessHandle process);
    }

    /** Whether a process answers at all, well or not; one that does not for long hangs. */
    interface Liveness {
        boolean answers();
    }

    /** Ends a process gracefully, or else by force after the grace. */
    interface Stopping {
        void stop(ProcessHandle process, Duration grace) throws IOException, InterruptedException;
    }

    static ProcessPlan of(
            String name, List<String> command, Map<String, String> environment, List<Part> parts, Liveness liveness) {
        return new ProcessPlan(
                name, command, environment, parts, Duration.ofSeconds(20), process -> true, liveness, Processes::stop);
    }
}

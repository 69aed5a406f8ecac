package dev.flotilla.agent.install;

import dev.flotilla.agent.probe.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An installed version, ready to be started.
 *
 * @param command the program, with an absolute path or to be found on the PATH, and its arguments
 * @param directory where it is started
 * @param stopGrace how long it may take to stop after SIGTERM; null for the agent's default
 * @param probe null where being up is enough
 */
public record Program(
        List<String> command,
        Map<String, String> environment,
        Path directory,
        @Nullable Duration stopGrace,
        @Nullable Probe probe) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}

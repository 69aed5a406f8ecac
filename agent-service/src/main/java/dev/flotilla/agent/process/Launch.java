package dev.flotilla.agent.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a process.
 *
 * @param environment all of it: nothing is inherited from the agent
 * @param output both of its output streams are appended here
 */
public record Launch(List<String> command, Map<String, String> environment, Path directory, Path output) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}

package dev.flotilla.agent.install;

import dev.flotilla.agent.probe.Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle wants to be run: the file {@value #FILE} at its root.
 *
 * <pre>{@code
 * command: [bin/server]            # a path in the bundle, or a program on the PATH
 * arguments: [--port, "9000"]
 * environment: {GREETING: hello}
 * stopGrace: PT20S                 # or 20s
 * probe:
 *   http: http://127.0.0.1:9000/health   # or exec: [bin/check], or tcp: 127.0.0.1:9000
 *   interval: 5s
 *   timeout: 1s
 *   failureThreshold: 3
 * }</pre>
 *
 * @param stopGrace how long it may take to stop after SIGTERM; null for the agent's default
 */
record RunDescriptor(
        List<String> command,
        List<String> arguments,
        Map<String, String> environment,
        @Nullable Duration stopGrace,
        @Nullable Probe probe) {
    static final String FILE = "flotilla.yaml";

    /** What to start, for a bundle that was unpacked there. */
    Program program(Path bundle) throws InstallException {
        List<String> whole = new ArrayList<>(command);
        whole.set(0, executable(bundle, command.getFirst()));
        whole.addAll(arguments);
        return new Program(whole, environment, bundle, stopGrace, probe);
    }

    private static String executable(Path bundle, String name) throws InstallException {
        Path inside = bundle.resolve(name).normalize();
        if (!name.contains("/") && !Files.exists(inside)) {
            return name;
        }
        if (name.startsWith("/")) {
            return name;
        }
        if (!inside.startsWith(bundle) || !Files.isRegularFile(inside)) {
            throw new InstallException(FILE + ": command '" + name + "' is not in the bundle");
        }
        if (!Files.isExecutable(inside)) {
            throw new InstallException(FILE + ": command '" + name + "' is not executable (chmod +x before packing)");
        }
        return inside.toString();
    }
}

package dev.flotilla.cli.supervisor;

import dev.flotilla.agent.StopServices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that the agent of a cluster runs on its machines. They outlive the agent, so that it can be restarted under them; the
 * program of each lies in the data folder.
 */
public final class DeployedProcesses {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String root;

    public DeployedProcesses(DataFolder data) {
        this.root = real(data.root()).toString();
    }

    /** Those that run this version: its program is called {@code service_version} on each machine. */
    public List<ProcessHandle> running(String fileName) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process)
                        .anyMatch(word -> word.startsWith(root + "/machines/") && word.endsWith("/" + fileName)))
                .toList();
    }

    /** Whether there are any. */
    public boolean any() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> commandLine(process).anyMatch(word -> word.startsWith(root + "/machines/")));
    }

    /**
     * Stops them all: gracefully, and by force what is still there after the grace. Only when the agent is gone, which would start them
     * again.
     *
     * @return how many services ran
     */
    public int stop() throws IOException, InterruptedException {
        return StopServices.stopAll(Path.of(root), GRACE);
    }

    private static Stream<String> commandLine(ProcessHandle process) {
        return Stream.concat(
                process.info().command().stream(),
                Arrays.stream(process.info().arguments().orElse(new String[0])));
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }
}

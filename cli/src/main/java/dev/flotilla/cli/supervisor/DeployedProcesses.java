package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that the agent of a cluster runs on its machines. They outlive the agent, so that it can be restarted under them; each
 * carries the data folder in its environment, and its program lies there.
 */
public final class DeployedProcesses {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String root;
    private final String mark;

    public DeployedProcesses(DataFolder data) {
        this.root = real(data.root()).toString();
        this.mark = "FLOTILLA_AGENT_DATA=" + root;
    }

    /** Those of all services and machines, with what they started themselves. */
    public List<ProcessHandle> all() {
        return ProcessHandle.allProcesses().filter(this::marked).toList();
    }

    /** Those that run this version: its program is called {@code service_version} on each machine. */
    public List<ProcessHandle> running(String fileName) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process)
                        .anyMatch(word -> word.startsWith(root + "/machines/") && word.endsWith("/" + fileName)))
                .toList();
    }

    /** Stops them all: gracefully, and by force what is still there a little later. */
    public void stop() throws InterruptedException {
        List<ProcessHandle> left = all();
        left.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + GRACE.toNanos();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
            left = left.stream().filter(ProcessHandle::isAlive).toList();
        }
        left.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : left) {
            Processes.awaitEnd(process, GRACE);
        }
    }

    private boolean marked(ProcessHandle process) {
        Path environment = Path.of("/proc/" + process.pid() + "/environ");
        try {
            String[] variables =
                    Files.readString(environment, StandardCharsets.ISO_8859_1).split("\0", -1);
            return Arrays.asList(variables).contains(mark);
        } catch (IOException e) {
            return commandLine(process).anyMatch(word -> word.startsWith(root + "/machines/"));
        }
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

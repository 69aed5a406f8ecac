package dev.flotilla.agent.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts processes, each the leader of a session and process group of its own, which outlives the agent. */
public final class Launcher {
    private final String setsid;

    /** @throws IllegalStateException where the host has no {@code setsid} (util-linux) */
    public Launcher() {
        setsid = Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "setsid is missing: install util-linux, the agent starts every process through it"));
    }

    /** Returns once the process has been created; whether the program can be executed shows in how it ends. */
    public LiveProcess start(Launch launch) throws IOException {
        List<String> command = new ArrayList<>();
        // setsid forks only when it leads a group already, which a child of the agent never does: it becomes the
        // program, with its pid
        command.add(setsid);
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(launch.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.output().toFile()));
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return LiveProcess.ofChild(builder.start());
    }
}

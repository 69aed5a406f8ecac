package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the supervisor so that it outlives the command and the terminal it was started from. */
public final class SupervisorProcess {
    private static final Path NOTHING = Path.of("/dev/null");

    private SupervisorProcess() {}

    public static ProcessHandle launch(DataFolder data, ClusterOptions options, JavaRuntime java) throws IOException {
        List<String> flags = List.of("-Xmx48m", "-XX:TieredStopAtLevel=1", dist(java));
        List<String> command = new ArrayList<>(detached());
        command.addAll(java.command(
                data,
                ClusterPlan.flags("supervisor", data, flags),
                List.of(), // small and long-lived: it needs its memory more than a fast start
                Supervisor.class.getName(),
                List.of(
                        data.root().toString(),
                        Integer.toString(options.machines()),
                        Integer.toString(options.portOffset()),
                        Boolean.toString(options.separate()))));
        Files.createDirectories(data.logs());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(NOTHING.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.output("supervisor").toFile()))
                .start()
                .toHandle();
    }

    private static String dist(JavaRuntime java) {
        return java.dist() == null ? "-Dflotilla.built=false" : "-Dflotilla.dist=" + java.dist();
    }

    /** A session of its own where the system has the command for it; else at least deaf to the terminal's hangup. */
    private static List<String> detached() {
        for (String folder : List.of("/usr/bin", "/bin")) {
            if (Files.isExecutable(Path.of(folder, "setsid"))) {
                return List.of(folder + "/setsid");
            }
        }
        return List.of("nohup");
    }
}

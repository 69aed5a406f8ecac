package dev.flotilla.cli.training;

import dev.flotilla.cli.Flotilla;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.ClusterState;
import dev.flotilla.cli.supervisor.ClusterState.Phase;
import dev.flotilla.cli.supervisor.ClusterState.RunningProcess;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.DeployedProcesses;
import dev.flotilla.cli.supervisor.Keys;
import dev.flotilla.cli.supervisor.StateFile;
import dev.flotilla.standalone.Part;
import dev.flotilla.standalone.Standalone;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Does in one process what all processes of Flotilla do, so that the JVM sees the classes and methods that they need: the services and
 * the agent start, and the command line takes a small program through them.
 */
public final class Training {
    private static final int MACHINES = 4;

    private Training() {}

    /** @param args the data folder, which is the caller's to delete */
    public static void main(String[] args) throws Exception {
        DataFolder data = new DataFolder(Path.of(args[0]));
        ClusterOptions options = new ClusterOptions(MACHINES, freeOffset(), false);
        new Keys(data, options.machineNames(), InstantSource.system()).renewTokens();
        try (Standalone all = Standalone.start(List.of(Part.values()), arguments(data, options))) {
            all.awaitStart();
            new StateFile(data)
                    .write(new ClusterState(
                            RunningProcess.of(ProcessHandle.current()),
                            Phase.READY,
                            null,
                            options,
                            List.of(),
                            List.of()));
            for (List<String> command : List.of(
                    List.of("demo"),
                    List.of("status"),
                    List.of("machines"),
                    List.of("versions", "hello"),
                    List.of("token"))) {
                run(data, command);
            }
        } finally {
            new DeployedProcesses(data).stop();
        }
        System.exit(0);
    }

    private static void run(DataFolder data, List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.add("--data=" + data.root());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int exit = Flotilla.run(nowhere, System.err, line.toArray(String[]::new));
        System.err.println("'" + String.join(" ", command) + "' ended with " + exit);
    }

    private static List<String> arguments(DataFolder data, ClusterOptions options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--embedded-database",
                "--flotilla.data=" + data.root(),
                "--flotilla.agent.machines=" + options.machineNames(),
                "--flotilla.agent.stay-up=PT1S",
                "--flotilla.agent.report-interval=PT1S"));
        for (Part part : Part.values()) {
            arguments.add("--flotilla.services." + part.folder() + "=" + options.address(part));
        }
        return arguments;
    }

    private static int freeOffset() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int offset = ThreadLocalRandom.current().nextInt(10_000, 40_000);
            if (Arrays.stream(Part.values()).allMatch(part -> free(part.defaultPort() + offset))) {
                return offset;
            }
        }
        throw new IllegalStateException("no free ports were found");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

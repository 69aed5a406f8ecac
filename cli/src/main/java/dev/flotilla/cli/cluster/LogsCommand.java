package dev.flotilla.cli.cluster;

import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.LastWords;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.standalone.Part;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code logs}. */
@Command(
        name = "logs",
        description = {
            "Shows the log of a part of the local cluster, or of a service on a machine.",
            "",
            "Parts: console, upload-service, target-service, version-registry-service, agent-service, orchestrator-service,"
                    + " policy-engine, device-manager, standalone, supervisor, postgres."
        })
public final class LogsCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SERVICE",
            description = "The part; or with --machine, the service that was deployed there.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Option(names = "-f", description = "Go on showing what is written, until interrupted.")
    private boolean follow;

    @Option(names = "--lines", paramLabel = "N", defaultValue = "100", description = "How many lines. Default: 100.")
    private int lines;

    @Option(names = "--machine", paramLabel = "M", description = "What the deployed SERVICE wrote on this machine.")
    private @Nullable String machine;

    @Override
    public Integer call() throws Exception {
        if (machine != null) {
            Remote remote = Remote.asOwner(session);
            URI agent = URI.create(remote.devices().machine(machine).address());
            List<String> log = remote.agent(agent).log(machine, service, lines);
            session.output().verbatim(log, String.join("\n", log));
            return Exit.OK;
        }
        DataFolder data = new DataFolder(session.data());
        if (!names().contains(service)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + service + "' is no part of the cluster: " + String.join(", ", names()));
        }
        Path file = data.log(service);
        if (!Files.exists(file)) {
            throw new CliFailure(Exit.FAILED, "There is no log yet: " + file);
        }
        show(file, session.output());
        return Exit.OK;
    }

    private static List<String> names() {
        return Stream.concat(
                        Arrays.stream(Part.values()).map(Part::folder),
                        Stream.of("standalone", "supervisor", "postgres"))
                .toList();
    }

    private void show(Path file, Output output) throws Exception {
        long end = Files.size(file);
        LastWords.tail(file, lines).forEach(output::line);
        if (follow) {
            new LogFollower(file, end).follow(output::line);
        }
    }
}

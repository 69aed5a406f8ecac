package dev.flotilla.cli.cluster;

import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.JavaRuntime;
import dev.flotilla.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code up}. */
@Command(
        name = "up",
        description = {
            "Starts the local cluster, or says that it is up.",
            "",
            "PostgreSQL, all services, and one agent that carries the machines run in the background, on loopback only, until"
                    + " './flotilla down'. What dies is started again. All data lies in .flotilla."
        })
public final class UpCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private UpOptions options;

    @Override
    public Integer call() throws Exception {
        start(session, options);
        Output output = session.output();
        LocalCluster cluster = new LocalCluster(data(session), JavaRuntime.current(), output);
        StatusReport report = StatusReport.of(cluster);
        ClusterOptions running = cluster.state().orElseThrow().options();
        output.verbatim(report, report.table() + "\n\n" + Welcome.text(data(session), running));
        return 0;
    }

    /** Starts the cluster unless it is up, and sees to it that its machines are registered. */
    public static void start(Session session, UpOptions options) throws Exception {
        Output output = session.output();
        DataFolder data = data(session);
        LocalCluster cluster = new LocalCluster(data, JavaRuntime.current(), output);
        ClusterOptions wanted = options.cluster();
        if (!cluster.up(wanted)) {
            ClusterOptions running = cluster.state().orElseThrow().options();
            output.note("The cluster is up already"
                    + (running.equals(wanted) || !options.given()
                            ? "."
                            : ", with other options than these; './flotilla down' first to change them."));
        }
        Topology.register(data, cluster.state().orElseThrow().options());
    }

    private static DataFolder data(Session session) {
        return new DataFolder(session.data());
    }
}

package dev.flotilla.cli.cluster;

import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.JavaRuntime;
import dev.flotilla.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code status}. */
@Command(
        name = "status",
        description = {
            "Shows what of the local cluster runs where.",
            "",
            "Exit code 0 when all of it is up, 1 when some of it is not, 5 when it is down."
        })
public final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Override
    public Integer call() {
        Output output = session.output();
        DataFolder data = new DataFolder(session.data());
        StatusReport report = StatusReport.of(new LocalCluster(data, JavaRuntime.current(), output));
        return switch (report.state()) {
            case "down" -> {
                output.result(report, "The cluster is down. './flotilla up' starts it.");
                yield Exit.UNREACHABLE;
            }
            case "orphaned" -> {
                output.result(
                        report,
                        "The cluster's supervisor is gone, and processes of the cluster still run: './flotilla up' starts them anew"
                                + " under a supervisor, './flotilla down' stops them.");
                yield Exit.FAILED;
            }
            default -> {
                output.result(report, "The cluster is " + report.state() + ".\n\n" + report.table());
                yield report.state().equals("up") ? Exit.OK : Exit.FAILED;
            }
        };
    }
}

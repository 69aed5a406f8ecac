package dev.flotilla.cli.cluster;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.ClusterState;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.JavaRuntime;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.cli.terminal.Text;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    private static final int PAGE = 1000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    /** Null where the registry does not answer. */
    private StatusReport.@Nullable Reporting reporting(ClusterState state) {
        RegistryApi registry = Remote.asOwner(session).registry();
        int reporting = 0;
        String cursor = null;
        try {
            do {
                Page<MachineStatus> page = registry.machines(PAGE, cursor);
                reporting += (int)
                        page.items().stream().filter(machine -> !machine.lost()).count();
                cursor = page.nextCursor();
            } while (cursor != null);
        } catch (RemoteProblem | RemoteUnavailable e) {
            return null;
        }
        return new StatusReport.Reporting(state.options().machines(), reporting);
    }

    @Override
    public Integer call() {
        Output output = session.output();
        DataFolder data = new DataFolder(session.data());
        LocalCluster cluster = new LocalCluster(data, JavaRuntime.current(), output);
        StatusReport parts = StatusReport.of(cluster);
        StatusReport report = parts.with(cluster.state().map(this::reporting).orElse(null));
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
                output.result(report, Text.apart(List.of(Text.of(report.whole()), report.table())));
                yield report.state().equals("up") ? Exit.OK : Exit.FAILED;
            }
        };
    }
}

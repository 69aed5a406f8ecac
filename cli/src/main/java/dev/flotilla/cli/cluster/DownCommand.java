package dev.flotilla.cli.cluster;

import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.JavaRuntime;
import dev.flotilla.cli.terminal.Output;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code down}. */
@Command(name = "down", description = "Stops the local cluster and all that it runs on its machines. The data is kept.")
public final class DownCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Override
    public Integer call() throws Exception {
        Output output = session.output();
        boolean ran = new LocalCluster(new DataFolder(session.data()), JavaRuntime.current(), output).down();
        output.result(
                Map.of("stopped", ran), ran ? "The cluster is down. Its data is kept." : "No cluster was running.");
        return 0;
    }
}

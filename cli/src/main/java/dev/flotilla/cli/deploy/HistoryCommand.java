package dev.flotilla.cli.deploy;

import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code history}. */
@Command(name = "history", description = "Shows what was decided about a deployment, by whom and why, oldest first.")
public final class HistoryCommand implements Callable<Integer> {
    private static final int PAGE = 1000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "DEPLOYMENT", converter = DeploymentId.class, description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    private String deployment;

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        List<HistoryEntry> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<HistoryEntry> page = remote.orchestrator().history(deployment, PAGE, cursor);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        session.output().result(all, all.isEmpty() ? Text.of("Nothing was decided about it yet.") : table(all));
        return Exit.OK;
    }

    private static Table table(List<HistoryEntry> entries) {
        Moments moments = new Moments(InstantSource.system().instant());
        Table table = new Table("WHEN", "WHO", "WHAT", "OF", "WHY");
        entries.forEach(entry -> table.row(
                moments.at(entry.at()),
                entry.tenant() == null ? entry.who() : entry.who() + " (tenant " + entry.tenant() + ")",
                entry.what(),
                entry.rollout() == null ? "all of it" : Explanation.place(entry.rollout()),
                moments.readable(entry.reason())));
        return table;
    }
}

package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Output;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code watch}. */
@Command(
        name = "watch",
        description = {
            "Shows the progress of a deployment until it is complete (exit code 0), or halts or is superseded (exit code 1).",
            "Where nothing moves for some seconds it says what the deployment waits for, and what would end that."
        })
public final class WatchCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "DEPLOYMENT", description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    private String deployment;

    @Override
    public Integer call() throws Exception {
        return watch(Remote.asOwner(session), deployment, session.output());
    }

    /** Shows the progress to its end, and gives the exit code that it stands for. */
    static int watch(Remote remote, String deployment, Output output) throws InterruptedException {
        ProgressView view = new ProgressView(output);
        DeploymentProgress last;
        try (Standstill standstill = new Standstill(remote.orchestrator(), view::tell)) {
            Consumer<DeploymentProgress> show = progress -> {
                standstill.heard(progress, Instant.now());
                view.show(progress);
            };
            last = remote.progress().follow(deployment, show, output::note);
        }
        view.end(last);
        return last.state() == DeploymentState.COMPLETE ? Exit.OK : Exit.FAILED;
    }
}

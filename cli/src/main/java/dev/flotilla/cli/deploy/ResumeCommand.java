package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.ResumeRequest;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code resume}. */
@Command(name = "resume", description = "Lets a halted deployment go on: the machines that failed are tried afresh.")
public final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "DEPLOYMENT", description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    private String deployment;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why it may go on, for the history.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(names = "--watch", description = "Show the progress until it is complete or halts.")
    private boolean watch;

    @Override
    public Integer call() throws Exception {
        Remote remote = Remote.asOwner(session);
        DeploymentProgress progress = remote.orchestrator().resume(deployment, new ResumeRequest(reason));
        if (watch) {
            return WatchCommand.watch(remote, deployment, session.output());
        }
        session.output().result(progress, ProgressView.summary(progress));
        return Exit.OK;
    }
}

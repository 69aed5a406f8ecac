package dev.flotilla.cli.deploy;

import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code watch}. */
@Command(
        name = "watch",
        description = {
            "Shows the progress of a deployment until it is complete (exit code 0), or halts or is superseded (exit code 1).",
            "One that is rolled back is a failure too, and is followed until its machines are back.",
            "Where nothing moves for a while it says what the deployment waits for, and what would end that."
        })
public final class WatchCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "DEPLOYMENT", converter = DeploymentId.class, description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    private String deployment;

    @Override
    public Integer call() throws Exception {
        return new Watch(Remote.asOwner(session), session.output()).deployed(deployment);
    }
}

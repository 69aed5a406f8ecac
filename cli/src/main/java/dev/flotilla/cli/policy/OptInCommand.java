package dev.flotilla.cli.policy;

import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code opt-in}. */
@Command(name = "opt-in", description = "Ends an opt-out: deployments go on there.")
public final class OptInCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "NAME", description = "The name of the opt-out; './flotilla opt-outs' shows them.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Override
    public Integer call() {
        Remote remote = Remote.asOperator(session);
        remote.policies().optOut(name); // 404 for a misspelt one
        remote.policies().deleteOptOut(name);
        session.output().result(Map.of("ended", name), "There is no opt-out " + name + " any more.");
        return Exit.OK;
    }
}

package dev.flotilla.cli.fleet;

import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code delete}. */
@Command(
        name = "delete",
        description =
                "Deletes a version; refused while a deployment wants it or a machine has it. Other bytes never get its name.")
public final class DeleteCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(paramLabel = "VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Override
    public Integer call() {
        Remote.asOwner(session).uploads().deleteVersion(service, version);
        session.output()
                .result(Map.of("service", service, "version", version), service + " " + version + " is deleted.");
        return Exit.OK;
    }
}

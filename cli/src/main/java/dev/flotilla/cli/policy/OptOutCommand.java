package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.OptOut;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.DataFolder;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code opt-out}. */
@Command(
        name = "opt-out",
        description = {
            "Keeps changes away from a machine, from a service, or from a service on a machine. Deployments pass by what is opted"
                    + " out, and say so.",
            "",
            "For example: ./flotilla opt-out exhibition --machine m7 --reason \"on show until Friday\""
        })
public final class OptOutCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A name for it, to change or end it by.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--machine", paramLabel = "M", description = "The machine. Default: all.")
    private @Nullable String machine;

    @Option(names = "--service", paramLabel = "S", description = "The service. Default: all.")
    private @Nullable String service;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why; told to whoever asks why the machine is not updated.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When it ends by itself, such as 2030-01-31T12:00:00Z. Default: never.")
    private @Nullable Instant until;

    @Override
    public Integer call() {
        if (machine == null && service == null) {
            throw new ParameterException(spec.commandLine(), "Say what to leave alone: --machine, --service or both.");
        }
        Remote remote = Remote.asOperator(new DataFolder(session.data()));
        if (machine != null) {
            remote.devices()
                    .machine(machine); // a misspelt name would leave the machine that is meant without protection
        }
        if (service != null
                && remote.uploads().versions(service, 1, null).items().isEmpty()) {
            throw new CliFailure(Exit.REFUSED, "There is no service " + service + ": nothing of it was ever uploaded.");
        }
        OptOut.Stored stored = remote.policies().putOptOut(name, new OptOut(machine, service, reason, until));
        session.output()
                .result(
                        stored,
                        OptOutsCommand.what(stored.optOut()) + " is left alone "
                                + OptOutsCommand.until(stored.optOut()) + ". './flotilla opt-in " + name
                                + "' ends that.");
        return Exit.OK;
    }
}

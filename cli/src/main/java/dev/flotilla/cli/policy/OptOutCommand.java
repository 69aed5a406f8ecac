package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
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
            "Keeps changes away from a machine, a service, a tenant's machines, or what these have in common. Deployments pass by what is opted"
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

    @Option(names = "--tenant", paramLabel = "T", description = "The tenant whose machines they are. Default: any.")
    private @Nullable String tenant;

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
            description =
                    "When it ends by itself: 2030-01-31T12:00Z, '2030-01-31 12:00 Europe/Berlin', or 4h from now. Default: never.")
    private @Nullable Instant until;

    @Override
    public Integer call() {
        if (machine == null && service == null && tenant == null) {
            throw new ParameterException(
                    spec.commandLine(), "Say what to leave alone: --machine, --service, --tenant, or several of them.");
        }
        Remote remote = Remote.asOperator(session);
        if (machine != null) {
            remote.devices()
                    .machine(machine); // a misspelt name would leave the machine that is meant without protection
        }
        if (service != null
                && remote.uploads().versions(service, 1, null).items().isEmpty()) {
            throw new CliFailure(Exit.REFUSED, "There is no service " + service + ": nothing of it was ever uploaded.");
        }
        OptOut.Stored stored = remote.policies().putOptOut(name, new OptOut(machine, service, tenant, reason, until));
        session.output()
                .result(
                        stored,
                        "Left alone: " + RuleWords.what(stored.optOut()) + ", "
                                + OptOutsCommand.until(stored.optOut()) + ". './flotilla opt-in " + name
                                + "' ends that.");
        return Exit.OK;
    }
}

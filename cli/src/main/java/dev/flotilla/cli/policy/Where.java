package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Selector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a rule is about: all that is named must match. */
final class Where {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--service", paramLabel = "S", description = "Changes of this service only.")
    private @Nullable String service;

    @Option(names = "--environment", paramLabel = "E", description = "Machines of this environment only.")
    private @Nullable String environment;

    @Option(names = "--machine-function", paramLabel = "MF", description = "Machines of this function only.")
    private @Nullable String machineFunction;

    @Option(names = "--region", paramLabel = "R", description = "Machines of this region only.")
    private @Nullable String region;

    @Option(names = "--tenant", paramLabel = "T", description = "Machines of this tenant only.")
    private @Nullable String tenant;

    @Option(names = "--machine", paramLabel = "M", description = "This machine only.")
    private @Nullable String machine;

    @Option(names = "--all", description = "All changes of all services on all machines.")
    private boolean all;

    boolean given() {
        return all
                || !new Selector(service, environment, machineFunction, region, tenant, machine, null)
                        .equals(new Selector(null, null, null, null, null, null, null));
    }

    /** A usage error where nothing was said: a rule about everything must be meant. */
    Selector selector() {
        if (!given()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say what it is about: --service, --environment, --machine-function, --region, --tenant, --machine,"
                            + " or several of them, such as --service hello --environment prod-a; or --all.");
        }
        return new Selector(service, environment, machineFunction, region, tenant, machine, all ? true : null);
    }
}

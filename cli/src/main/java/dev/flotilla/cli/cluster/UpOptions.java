package dev.flotilla.cli.cluster;

import dev.flotilla.cli.supervisor.ClusterOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of the commands that start the cluster. */
public final class UpOptions {
    static final int DEFAULT_MACHINES = 100;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--machines",
            paramLabel = "N",
            description = "How many machines the agent carries: m1 to mN. Default: 100.")
    private @Nullable Integer machines;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Added to every port, so that several clusters can run side by side. Default: 0.")
    private @Nullable Integer portOffset;

    @Option(names = "--separate", description = "Run each service as a process of its own, as containers do.")
    private boolean separate;

    /** Whether any was given on the command line. */
    boolean given() {
        return machines != null || portOffset != null || separate;
    }

    ClusterOptions cluster() {
        try {
            return new ClusterOptions(
                    machines == null ? DEFAULT_MACHINES : machines, portOffset == null ? 0 : portOffset, separate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}

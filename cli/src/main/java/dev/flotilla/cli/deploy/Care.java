package dev.flotilla.cli.deploy;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.cli.terminal.Amount;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How careful a deployment shall be. */
final class Care {
    private static final Pattern FIELD = Pattern.compile("\\boptions\\.([a-zA-Z]+)");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    @Option(
            names = "--max-unavailable",
            paramLabel = "N",
            converter = Amount.Some.class,
            description = "How many machines of one environment and machine function may be changed at once:"
                    + " a number or a share. Default: 20%%.")
    private @Nullable String maxUnavailable;

    @Option(
            names = "--failure-threshold",
            paramLabel = "N",
            converter = Amount.Any.class,
            description = "It halts when more machines than this have failed: a number or a share. Default: 5%%.")
    private @Nullable String failureThreshold;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "How often a machine is tried before it counts as failed. Default: 3.")
    private @Nullable Integer maxAttempts;

    @Option(
            names = "--canaries",
            paramLabel = "N",
            converter = Amount.Any.class,
            description =
                    "How many machines of each environment and machine function go ahead of all others. Default: 0.")
    private @Nullable String canaries;

    @Option(
            names = "--min-healthy-time",
            paramLabel = "DURATION",
            description =
                    "How long a changed machine must stay healthy before the next fault domain begins. Default: 10s, none in a local cluster.")
    private @Nullable Duration minHealthyTime;

    @Option(
            names = "--healthy-deadline",
            paramLabel = "DURATION",
            description = "How long a machine may take to become healthy, fetching left out. Default: 2m.")
    private @Nullable Duration healthyDeadline;

    @Option(
            names = "--progress-deadline",
            paramLabel = "DURATION",
            description =
                    "It halts when machines are being changed and none has become healthy for so long. Waiting for people and their rules (freezes, tenants, repairs, the group's limit) does not count; machines that wait for a freeze so long are passed by, and changed at the end. Default: 10m.")
    private @Nullable Duration progressDeadline;

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            description = "What follows when it halts by itself: ${COMPLETION-CANDIDATES}. Default: PAUSE.")
    private RolloutOptions.@Nullable OnFailure onFailure;

    /** A refusal with the options as they are typed. */
    static RemoteProblem typed(RemoteProblem refused) {
        Problem problem = refused.problem();
        return new RemoteProblem(
                "target-service",
                new Problem(
                        problem.type(),
                        problem.title(),
                        problem.status(),
                        problem.detail() == null ? null : typed(problem.detail()),
                        problem.instance(),
                        problem.errors().stream()
                                .map(error -> new FieldError(typed(error.field()), error.message(), error.rejected()))
                                .toList()));
    }

    private static String typed(String text) {
        return FIELD.matcher(text.replace("options.canaryMachines", "--canaries"))
                .replaceAll(field ->
                        "--" + CAPITAL.matcher(field.group(1)).replaceAll("-$0").toLowerCase(Locale.ROOT));
    }

    /** The options; null where none was given, so that all defaults hold. */
    @Nullable
    RolloutOptions options() {
        RolloutOptions options = new RolloutOptions(
                maxUnavailable,
                failureThreshold,
                maxAttempts,
                canaries,
                minHealthyTime,
                healthyDeadline,
                progressDeadline,
                onFailure);
        return options.equals(RolloutOptions.NONE) ? null : options;
    }
}

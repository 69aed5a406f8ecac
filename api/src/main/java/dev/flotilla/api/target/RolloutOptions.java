package dev.flotilla.api.target;

import dev.flotilla.api.Amounts;
import dev.flotilla.api.DurationBetween;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How careful a rollout is. What is null takes the default.
 *
 * @param maxUnavailable how many machines of one (environment, machine function) may be changed at once: a number, or a share such
 *     as {@code 20%} (rounded up, at least one). Default {@code 20%}.
 * @param failureThreshold the rollouts of the deployment halt when more machines than this have failed for good: a number, or a share of all its
 *     machines such as {@code 5%} (rounded down). Default {@code 5%}.
 * @param maxAttempts how often a machine is tried before it counts as failed. Default 3.
 * @param canaryMachines how many machines of each (environment, machine function) go ahead of all others and prove themselves alone: a number, or a
 *     share (rounded up). Default {@code 0}.
 * @param minHealthyTime how long a changed machine must stay healthy before it counts as done, and before the next fault domain begins.
 *     Default {@code PT10S}, or what target-service is configured with.
 * @param healthyDeadline how long a machine may take from its order until it is healthy, the time for fetching left out. Default {@code PT2M}.
 * @param progressDeadline when machines are being changed and none has become healthy for so long the rollout halts. Waiting for the rules of people
 *     (policies, tenants, repairs, the group's limit) does not count: it is no sign of a bad version. Machines that wait for a policy for so long are
 *     passed by and changed at the end; a tenant that is asked is waited for. Default {@code PT10M}.
 * @param onFailure what follows when it halts by itself. Default {@link OnFailure#PAUSE}.
 */
public record RolloutOptions(
        @Nullable @Pattern(regexp = Amounts.SOME, message = Amounts.SOME_ALLOWED)
        String maxUnavailable,

        @Nullable @Pattern(regexp = Amounts.ANY, message = Amounts.ANY_ALLOWED)
        String failureThreshold,

        @Nullable @Min(1) @Max(100) Integer maxAttempts,

        @Nullable @Pattern(regexp = Amounts.ANY, message = Amounts.ANY_ALLOWED)
        String canaryMachines,

        @Nullable @DurationBetween(least = "PT0S", most = "P7D")
        Duration minHealthyTime,

        @Nullable @DurationBetween(least = "PT1S", most = "P1D")
        Duration healthyDeadline,

        @Nullable @DurationBetween(least = "PT10S", most = "P30D")
        Duration progressDeadline,

        @Nullable OnFailure onFailure) {

    /** What follows when a deployment halts by itself. */
    public enum OnFailure {
        /** It waits for a person. */
        PAUSE,
        /** Its machines are brought back to their last good versions, as by {@code ROLL_BACK}. */
        ROLL_BACK
    }

    public static final RolloutOptions DEFAULTS = new RolloutOptions(
            "20%",
            "5%", 3, "0", Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(10), OnFailure.PAUSE);

    /** Nothing said: every default. */
    public static final RolloutOptions NONE = new RolloutOptions(null, null, null);

    /** These three, and the defaults for the rest. */
    public RolloutOptions(
            @Nullable String maxUnavailable, @Nullable String failureThreshold, @Nullable Integer maxAttempts) {
        this(maxUnavailable, failureThreshold, maxAttempts, null, null, null, null, null);
    }

    /** These options, with this healthy time where they name none. */
    public RolloutOptions orMinHealthyTime(Duration time) {
        return new RolloutOptions(
                maxUnavailable,
                failureThreshold,
                maxAttempts,
                canaryMachines,
                or(minHealthyTime, time),
                healthyDeadline,
                progressDeadline,
                onFailure);
    }

    /** These options with the defaults in the place of what is null. */
    public RolloutOptions orDefaults() {
        return new RolloutOptions(
                or(maxUnavailable, DEFAULTS.maxUnavailable),
                or(failureThreshold, DEFAULTS.failureThreshold),
                or(maxAttempts, DEFAULTS.maxAttempts),
                or(canaryMachines, DEFAULTS.canaryMachines),
                or(minHealthyTime, DEFAULTS.minHealthyTime),
                or(healthyDeadline, DEFAULTS.healthyDeadline),
                or(progressDeadline, DEFAULTS.progressDeadline),
                or(onFailure, DEFAULTS.onFailure));
    }

    /** The way back: as many machines at once, in the same order, but neither canaries nor waits for machines to prove themselves. */
    public RolloutOptions forRollback() {
        return new RolloutOptions(
                maxUnavailable,
                failureThreshold,
                maxAttempts,
                "0",
                Duration.ZERO,
                healthyDeadline,
                progressDeadline,
                OnFailure.PAUSE);
    }

    private static <T> @Nullable T or(@Nullable T given, @Nullable T otherwise) {
        return given == null ? otherwise : given;
    }
}

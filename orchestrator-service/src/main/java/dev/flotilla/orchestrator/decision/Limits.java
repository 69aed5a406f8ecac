package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.target.RolloutOptions;
import java.time.Duration;
import java.util.Objects;

/** How careful the owner wants the rollout to be; see {@link RolloutOptions}. */
public record Limits(
        Amount maxUnavailable,
        Amount failureThreshold,
        int maxAttempts,
        Amount canaryMachines,
        Duration minHealthyTime) {

    public static Limits of(RolloutOptions options) {
        RolloutOptions whole = options.orDefaults();
        return new Limits(
                Amount.parse(Objects.requireNonNull(whole.maxUnavailable())),
                Amount.parse(Objects.requireNonNull(whole.failureThreshold())),
                Objects.requireNonNull(whole.maxAttempts()),
                Amount.parse(Objects.requireNonNull(whole.canaryMachines())),
                Objects.requireNonNull(whole.minHealthyTime()));
    }
}

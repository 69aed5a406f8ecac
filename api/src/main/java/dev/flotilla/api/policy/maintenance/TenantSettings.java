package dev.flotilla.api.policy.maintenance;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant is asked. One without settings is asked {@code NEVER}. A change holds for steps that begin afterwards.
 *
 * @param deadline how long a step waits for an answer: never less, unless the tenant answers sooner, and more only where it delays. From 1 s to
 *     30 days; default {@code PT15M}
 * @param onSilence what happens when the deadline of an {@code APPROVE} step passes without an answer; default {@code WAIT}
 * @param delayAllowance by how much one job may be delayed in all; up to 30 days; default none
 * @param maxJobs jobs that the tenant is asked about at once; others wait for one to end. Default 2
 */
public record TenantSettings(
        @NotNull Asking asking,
        @Nullable Duration deadline,
        @Nullable OnSilence onSilence,
        @Nullable Duration delayAllowance,
        @Nullable @Min(1) @Max(100) Integer maxJobs) {

    /** Whether, and how. */
    public enum Asking {
        /** Its machines are changed without a word. */
        NEVER,
        /**
         * It is told, {@code deadline} ahead; then the step goes ahead. It may acknowledge, so that it begins sooner, or alert. The end of an
         * impact is told too, and not waited for.
         */
        NOTIFY,
        /** Each step waits for its answer. */
        APPROVE
    }

    /** What silence means. It is never recorded as consent. */
    public enum OnSilence {
        GO_AHEAD,
        /** The step waits on until it is answered. */
        WAIT
    }

    /** Settings as they are stored. */
    public record Stored(String tenant, TenantSettings settings, String changedBy, Instant changedAt) {}
}

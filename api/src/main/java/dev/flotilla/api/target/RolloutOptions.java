package dev.flotilla.api.target;

import dev.flotilla.api.Amounts;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How careful a rollout is. What is null takes the default.
 *
 * @param maxUnavailable how many machines of one (environment, machine function) may be changed at once: a number, or a share such
 *     as {@code 20%} (rounded up, at least one). Default {@code 20%}.
 * @param failureThreshold the rollouts of the deployment halt when more machines than this have failed for good: a number, or a share of all its
 *     machines such as {@code 5%} (rounded down). Default {@code 5%}.
 * @param maxAttempts how often a machine is tried before it counts as failed. Default 3.
 */
public record RolloutOptions(
        @Nullable @Pattern(regexp = AMOUNT, message = AMOUNT_ALLOWED)
        String maxUnavailable,

        @Nullable @Pattern(regexp = AMOUNT_OR_NONE, message = AMOUNT_OR_NONE_ALLOWED)
        String failureThreshold,

        @Nullable @Min(1) @Max(100) Integer maxAttempts) {

    static final String AMOUNT = Amounts.SOME;
    static final String AMOUNT_ALLOWED = Amounts.SOME_ALLOWED;
    static final String AMOUNT_OR_NONE = "0|0%|" + AMOUNT;
    static final String AMOUNT_OR_NONE_ALLOWED =
            "must be a number of machines from 0 to 999999, or a share from 0% to 100%";

    public static final RolloutOptions DEFAULTS = new RolloutOptions("20%", "5%", 3);

    /** These options with the defaults in the place of what is null. */
    public RolloutOptions orDefaults() {
        return new RolloutOptions(
                maxUnavailable == null ? DEFAULTS.maxUnavailable : maxUnavailable,
                failureThreshold == null ? DEFAULTS.failureThreshold : failureThreshold,
                maxAttempts == null ? DEFAULTS.maxAttempts : maxAttempts);
    }
}

package dev.flotilla.api.device;

import dev.flotilla.api.Amounts;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * How many machines of an (environment, machine function) may be unavailable.
 *
 * @param maxUnavailable a number, or a share such as {@code 20%}: rounded up, at least one
 */
public record GroupLimits(
        @NotNull @Pattern(regexp = Amounts.SOME, message = Amounts.SOME_ALLOWED)
        String maxUnavailable) {}

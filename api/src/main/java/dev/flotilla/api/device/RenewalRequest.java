package dev.flotilla.api.device;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;

/**
 * Repairs that go on.
 *
 * @param lease how long from now, {@code PT10S} to {@code PT1H}
 * @param repairs at most 10,000
 */
public record RenewalRequest(
        @NotNull @Pattern(regexp = ClaimRequest.HOLDER, message = ClaimRequest.HOLDER_ALLOWED)
        String holder,

        @NotNull Duration lease,

        @NotNull @Size(min = 1, message = ClaimRequest.HOW_MANY)
        List<@NotNull String> repairs) {}

package dev.flotilla.api.device;

import dev.flotilla.api.Names;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state that a repair shall take.
 *
 * @param lease for {@link RepairState#ACTIVE}: how long it lasts unless it is renewed, {@code PT10S} to {@code PT1H}; null for {@code PT1H}
 */
public record RepairStateChange(
        @NotNull RepairState state,

        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason,

        @Nullable Duration lease) {}

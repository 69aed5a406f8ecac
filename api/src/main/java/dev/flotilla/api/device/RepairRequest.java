package dev.flotilla.api.device;

import dev.flotilla.api.Names;
import dev.flotilla.api.PlaceName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Machines that should be rebooted or repaved.
 *
 * @param kind not {@link RepairKind#DEPLOY}, which is claimed
 * @param forced true where the machines are broken already; null for elective work
 * @param machines at most 10,000, each once
 */
public record RepairRequest(
        @NotNull RepairKind kind,
        @Nullable Boolean forced,

        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason,

        @NotNull @Size(min = 1, message = ClaimRequest.HOW_MANY)
        List<@NotNull @PlaceName String> machines) {}

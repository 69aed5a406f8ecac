package dev.flotilla.api.device;

import dev.flotilla.api.PlaceName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose machines some are from now on.
 *
 * @param tenant whose; null for nobody's in particular
 * @param machines at most 100,000
 */
public record TenantAssignment(
        @Nullable @PlaceName String tenant,
        @NotNull @Size(min = 1, max = 100_000) List<@NotNull @PlaceName String> machines) {}

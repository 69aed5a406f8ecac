package dev.flotilla.api.registry;

import dev.flotilla.api.VersionName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * How far an agent is with its latest order for a service.
 *
 * @param reason why it failed, in words for a person; null unless {@link OrderPhase#FAILED}
 */
public record OrderProgress(
        @NotNull @Size(min = 1, max = 200) String orderId,
        @NotNull @VersionName String version,
        @NotNull OrderPhase phase,
        @Nullable @Size(max = 4000) String reason) {}

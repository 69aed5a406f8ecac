package dev.flotilla.api.policy;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * May these machines be changed to this version now?
 *
 * @param machines at most 10,000
 */
public record DecisionRequest(
        @NotNull @ServiceName String service,
        @NotNull @VersionName String version,
        @NotNull @Size(min = 1, max = 10_000) List<@NotNull @Valid Subject> machines) {

    /** A machine, and where it stands. */
    public record Subject(
            @NotNull @PlaceName String machine,
            @NotNull @PlaceName String environment,
            @NotNull @PlaceName String machineFunction,
            @NotNull @PlaceName String faultDomain,
            @NotNull @PlaceName String region) {}
}

package dev.flotilla.api.policy;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * May these machines be changed to this version now?
 *
 * @param machines at most 10,000, each once
 * @param deployment on whose behalf it is asked; kept with the answer; null for none, as when a goal state is restored
 * @param rollout the rollout that asks; kept with the answer, and its own open maintenance request does not stand in its way here, because it
 *     asks for that one by {@code PUT /v1/maintenance/{job}}; null for none
 */
public record DecisionRequest(
        @NotNull @ServiceName String service,
        @NotNull @VersionName String version,
        @NotNull @Size(min = 1, max = 10_000) List<@NotNull @Valid Subject> machines,
        @Nullable @WorkId String deployment,
        @Nullable @WorkId String rollout) {

    /** A question on nobody's behalf. */
    public DecisionRequest(String service, String version, List<Subject> machines) {
        this(service, version, machines, null, null);
    }

    /**
     * A machine, and where it stands.
     *
     * @param tenant who owns it; null where nobody does but the fleet's operator
     */
    public record Subject(
            @NotNull @PlaceName String machine,
            @NotNull @PlaceName String environment,
            @NotNull @PlaceName String machineFunction,
            @NotNull @PlaceName String faultDomain,
            @NotNull @PlaceName String region,
            @Nullable @PlaceName String tenant) {

        /** A machine without a tenant. */
        public Subject(String machine, String environment, String machineFunction, String faultDomain, String region) {
            this(machine, environment, machineFunction, faultDomain, region, null);
        }
    }
}

package dev.flotilla.api.policy.maintenance;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import dev.flotilla.api.policy.WorkId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout wants to do now, as a whole: said again on each round, it changes nothing while it stays the same.
 *
 * @param deployment for the tenant's eyes
 * @param rollout the rollout; decisions that it asks for are not deferred on account of this request
 * @param tenants the machines that the rollout will impact, by tenant and fault domain; machines without a tenant left out. What a job is about may
 *     change while it runs (machines come and go); at most 20,000 machines
 * @param current the fault domain and what is to be done with it; null before the first, between two, and where {@code finished} is
 *     given
 * @param finished how the job ended; null while it runs
 * @param anyOf the name of a set of alternative jobs of which a tenant approves at least one; null for a job that stands alone
 * @param epoch the epoch of the rollout as it was when this was decided: whoever was overtaken says nothing any more; null where nobody else
 *     speaks for the job
 */
public record MaintenanceIntent(
        @Nullable @WorkId String deployment,
        @Nullable @WorkId String rollout,
        @NotNull @ServiceName String service,
        @NotNull @VersionName String version,
        @NotNull @Valid Impact impact,
        @NotNull @Size(max = 1000) List<@NotNull @Valid Share> tenants,
        @Nullable @Valid Current current,
        @Nullable Finished finished,
        @Nullable @WorkId String anyOf,
        @Nullable @PositiveOrZero Long epoch) {

    /** The machines of one tenant, by fault domain. */
    public record Share(
            @NotNull @PlaceName String tenant,
            @NotEmpty Map<@NotNull @PlaceName String, @NotEmpty List<@NotNull @PlaceName String>> faultDomains) {}

    /**
     * The step that the rollout is at: {@code IMPACT_START} to begin with the fault domain, said for as long as its machines are being changed;
     * {@code IMPACT_END} when they are all done.
     */
    public record Current(
            @NotNull @PlaceName String faultDomain, @NotNull StepKind kind) {}

    /** How a job ended. */
    public enum Finished {
        COMPLETED,
        FAILED,
        CANCELLED
    }
}

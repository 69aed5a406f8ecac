package dev.flotilla.api.target;

import dev.flotilla.api.Names;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish to run a version on machines.
 *
 * @param machines machine names, at most 100,000; more are a 413
 * @param groups whole (environment, machine function) pairs, at most 10,000; more are a 413
 * @param options how careful to be; null for the defaults
 * @param reason why, for the history
 * @param rollbackOf the deployment of the same service that this one takes back; null for an ordinary declaration
 * @param asOf the revision up to which the caller knows the declarations: 409 where a newer one names one of these targets, or may name a machine
 *     of these groups, so that nobody's newer wish is undone; null to be the last word in any case
 */
public record DeploymentRequest(
        @Nullable List<@NotNull String> machines,
        @Nullable List<@NotNull @Valid MachineGroup> groups,
        @Nullable @Valid RolloutOptions options,

        @Nullable @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason,

        @Nullable @Pattern(regexp = DEPLOYMENT, message = DEPLOYMENT_ALLOWED)
        String rollbackOf,

        @Nullable @PositiveOrZero Long asOf) {

    static final String DEPLOYMENT = "d[1-9]\\d{0,17}";
    static final String DEPLOYMENT_ALLOWED = "must be the id of a deployment, such as d42";

    /** An ordinary declaration. */
    public DeploymentRequest(
            @Nullable List<String> machines,
            @Nullable List<MachineGroup> groups,
            @Nullable RolloutOptions options,
            @Nullable String reason) {
        this(machines, groups, options, reason, null, null);
    }

    public Targets targets() {
        return new Targets(machines == null ? List.of() : machines, groups == null ? List.of() : groups);
    }
}

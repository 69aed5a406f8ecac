package dev.flotilla.api.target;

import dev.flotilla.api.Names;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
 */
public record DeploymentRequest(
        @Nullable List<@NotNull String> machines,
        @Nullable List<@NotNull @Valid MachineGroup> groups,
        @Nullable @Valid RolloutOptions options,

        @Nullable @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason) {

    public Targets targets() {
        return new Targets(machines == null ? List.of() : machines, groups == null ? List.of() : groups);
    }
}

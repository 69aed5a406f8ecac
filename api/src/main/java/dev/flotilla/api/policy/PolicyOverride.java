package dev.flotilla.api.policy;

import dev.flotilla.api.Names;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An emergency: for a time, the named policies and opt-outs do not stand in the way of what the selector matches. A decision that is allowed
 * thanks to it says so, and whose it is.
 *
 * @param policies the policies it lifts, whatever their effect; at most 100
 * @param optOuts the opt-outs it lifts; at most 100. Only those named are ever lifted
 * @param allDeferrals true to lift every policy that defers: all freezes and maintenance windows. Denials are lifted by name only
 * @param reason why; kept, and served with the decisions
 * @param holder who answers for it: a person or a team
 * @param until when it ends by itself; at most 7 days ahead
 */
public record PolicyOverride(
        @NotNull @Valid Selector selector,
        @Nullable @Size(max = 100) List<@NotNull @PlaceName String> policies,
        @Nullable @Size(max = 100) List<@NotNull @PlaceName String> optOuts,
        @Nullable Boolean allDeferrals,

        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason,

        @NotBlank @Size(max = 200) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String holder,

        @NotNull Instant until) {

    /** An override as it is stored. */
    public record Stored(
            String name,
            PolicyOverride override,
            long revision,
            String createdBy,
            Instant createdAt,
            String changedBy,
            Instant changedAt) {}
}

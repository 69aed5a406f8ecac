package dev.flotilla.api.device;

import dev.flotilla.api.Amounts;
import dev.flotilla.api.Names;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Machines that somebody wants to work on now.
 *
 * @param holder who: the name under which the repairs are renewed and closed, and by which claims are fair. A rollout, say: {@code d42~prod-a~web}.
 * @param forced the machines are broken already: no fault domain is held or asked for. Otherwise the work is elective.
 * @param service what a DEPLOY changes, needed for one; null for the other kinds
 * @param lease how long a granted repair lasts unless it is renewed, {@code PT10S} to {@code PT1H}
 * @param maxUnavailable the holder's own limit, beside the group's: a number, or a share of the group ({@code 20%}, rounded up); null for none
 * @param machines in the order of preference; at most 10,000, each once
 */
public record ClaimRequest(
        @NotNull @Pattern(regexp = HOLDER, message = HOLDER_ALLOWED)
        String holder,

        @NotNull RepairKind kind,
        boolean forced,
        @Nullable @ServiceName String service,

        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason,

        @NotNull Duration lease,

        @Nullable @Pattern(regexp = Amounts.SOME, message = Amounts.SOME_ALLOWED)
        String maxUnavailable,

        @NotNull @Size(min = 1, message = HOW_MANY) List<@NotNull @PlaceName String> machines) {

    /** How a holder may be called. */
    public static final String HOLDER = "[A-Za-z0-9][A-Za-z0-9._~:@/+-]{0,511}";

    /** More are a 413. */
    static final String HOW_MANY = "must be at least 1, and at most 10,000";

    static final String HOLDER_ALLOWED =
            "must be 1 to 512 characters: letters a-z and A-Z, digits and . _ ~ : @ / + -, beginning with a letter or digit";
}

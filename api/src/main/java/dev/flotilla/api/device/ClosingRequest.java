package dev.flotilla.api.device;

import dev.flotilla.api.Names;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Repairs that are over.
 *
 * @param closings at most 10,000, each repair once
 */
public record ClosingRequest(
        @NotNull @Pattern(regexp = ClaimRequest.HOLDER, message = ClaimRequest.HOLDER_ALLOWED)
        String holder,

        @NotNull @Size(min = 1, message = ClaimRequest.HOW_MANY)
        List<@NotNull @Valid Closing> closings) {

    /**
     * The end of one repair.
     *
     * @param outcome {@link RepairState#DONE}, {@link RepairState#FAILED} or {@link RepairState#CANCELLED}
     */
    public record Closing(
            @NotNull String repair,
            @NotNull RepairState outcome,

            @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
            String reason) {}
}

package dev.flotilla.api.device;

import dev.flotilla.api.Names;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * How machines are.
 *
 * @param machines at most 10,000, each once
 */
public record HealthReport(
        @NotNull @Size(min = 1, message = ClaimRequest.HOW_MANY)
        List<@NotNull @Valid Finding> machines) {

    /**
     * How one machine is.
     *
     * @param health HEALTHY ends FAILING, but neither brings a crashed service up, nor shortens a probation, nor finds what is lost; not {@link Health#LOST}, which is the
     *     registry's to say
     */
    public record Finding(
            @NotNull @PlaceName String machine,
            @NotNull Health health,

            @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
            String reason) {}
}

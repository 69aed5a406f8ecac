package dev.flotilla.api.upload;

import dev.flotilla.api.Names;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Why a key is to be trusted no more.
 *
 * @param reason kept, and served wherever evidence does not count because of it
 */
public record Revocation(
        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason) {}

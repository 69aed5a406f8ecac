package dev.flotilla.api.upload;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The bytes of one version, named by their content.
 *
 * @param sha256 SHA-256 of the bytes, 64 lower-case hexadecimal digits
 * @param size how many bytes
 */
public record Payload(
        @NotNull @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits")
        String sha256,

        @PositiveOrZero long size) {}

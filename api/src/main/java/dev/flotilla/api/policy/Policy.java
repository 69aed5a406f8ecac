package dev.flotilla.api.policy;

import dev.flotilla.api.Names;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule about changes. It applies where its selector matches, its condition holds and its schedule says so; then it allows, defers or denies.
 *
 * @param condition in CEL, of type bool, over {@code service}, {@code version}, {@code machine}, {@code environment}, {@code machineFunction},
 *     {@code faultDomain}, {@code region}, {@code tenant} (strings; no tenant is "") and {@code now} (timestamp). Checked when stored: a mistake is a
 *     400 with line and column. One that fails at decision time defers. Null for always
 * @param schedule when it applies; null for at any time
 * @param reason served with every decision that it causes
 * @param until when it ends by itself; null for never
 * @param mayMatchNothing true to store a policy whose selector names something that is not there yet; otherwise that is a 422
 */
public record Policy(
        @NotNull @Valid Selector selector,
        @NotNull Effect effect,

        @Nullable @Size(min = 1, max = 2000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String condition,

        @Nullable @Valid Schedule schedule,

        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason,

        @Nullable Instant until,
        @Nullable Boolean mayMatchNothing) {

    /**
     * A policy as it is stored.
     *
     * @param revision of the last change; see {@link Revision}
     * @param createdBy who stored it first; anew once it had ended
     */
    public record Stored(
            String name,
            Policy policy,
            long revision,
            String createdBy,
            Instant createdAt,
            String changedBy,
            Instant changedAt) {}
}

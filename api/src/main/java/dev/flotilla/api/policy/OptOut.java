package dev.flotilla.api.policy;

import dev.flotilla.api.Names;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine, a service, or all machines of a tenant that must be left as they are; where several are given, what they have in common. At least
 * one of {@code machine}, {@code service} and {@code tenant} is given. Without a service it is an opt-out of all automatic updates.
 *
 * @param machine the machine; null for all machines
 * @param service the service; null for all services
 * @param tenant the owner of the machines; null for any, and none
 * @param reason why; served with every decision that it causes
 * @param until when it ends by itself; null for never
 */
public record OptOut(
        @Nullable @PlaceName String machine,
        @Nullable @ServiceName String service,
        @Nullable @PlaceName String tenant,

        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason,

        @Nullable Instant until) {

    /** An opt-out that asks for no tenant. */
    public OptOut(@Nullable String machine, @Nullable String service, String reason, @Nullable Instant until) {
        this(machine, service, null, reason, until);
    }

    /** An opt-out as it is stored. */
    public record Stored(@NotNull String name, OptOut optOut, String createdBy, Instant createdAt) {}
}

package dev.flotilla.api.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work on one machine.
 *
 * @param id its name, such as {@code r17}
 * @param environment where the machine stood when the repair was made; so do the next two
 * @param forced the machine is broken already: the repair holds no fault domain
 * @param holder who has it, and alone may renew and close it
 * @param service the service that a DEPLOY changes; null for the other kinds
 * @param since since when it is in its state
 * @param leaseEnd when it expires unless it is renewed; null for one that was never active
 * @param endedAt null while it has not ended
 */
public record Repair(
        String id,
        String machine,
        String environment,
        String machineFunction,
        String faultDomain,
        RepairKind kind,
        boolean forced,
        RepairState state,
        String holder,
        @Nullable String service,
        String reason,
        Instant requestedAt,
        Instant since,
        @Nullable Instant leaseEnd,
        @Nullable Instant endedAt) {}

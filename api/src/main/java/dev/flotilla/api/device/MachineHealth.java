package dev.flotilla.api.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a machine is. One that is lost and failing is LOST, and FAILING when it is heard of again.
 *
 * @param reason why it is not healthy; for a machine that was failing once, why it is healthy again; null where nobody ever had to say that, and
 *     so are the next two
 * @param since since when
 * @param by who says so
 * @param until when its probation ends; null unless it is on probation
 * @param incarnation 1, and one more after each repave: all that was on it before is gone
 * @param repair the active repair that it is under; null for none
 * @param repairKind of what kind that is; null for none
 */
public record MachineHealth(
        String machine,
        String environment,
        String machineFunction,
        String faultDomain,
        Health health,
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable String by,
        @Nullable Instant until,
        int incarnation,
        @Nullable String repair,
        @Nullable RepairKind repairKind) {}

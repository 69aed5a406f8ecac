package dev.flotilla.api.orchestrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What would hold a machine next if its rollout, which is halted or ended, went on now: as {@link MachineProgress} says it of one that goes on.
 *
 * @param phase {@link MachinePhase#EXCUSED} where the machine would be passed by
 * @param since since when, for what others refuse; null where that is not known
 */
public record Prospect(
        MachinePhase phase,
        String rule,
        String reason,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Authority by,
        String unblock) {}

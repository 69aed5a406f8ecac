package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.registry.RunningService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of a machine.
 *
 * @param lastSeen when it was last known to report; of a lost machine, when that was noticed at the latest
 * @param lost true when it is not heard of any more
 * @param running the service of this rollout on it; null where it never ran
 */
public record Sight(
        Instant lastSeen, boolean lost, @Nullable RunningService running) {}

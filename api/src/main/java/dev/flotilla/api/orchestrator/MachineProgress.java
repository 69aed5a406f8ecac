package dev.flotilla.api.orchestrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one machine stands in a deployment, and why.
 *
 * @param rollout the rollout it belongs to
 * @param reason what it waits for, why it failed or is excused, or that it is done; in words for a person
 * @param rule the name of the rule behind the reason, such as {@code max-unavailable}, {@code retry-backoff}, {@code opt-out}
 * @param until when the wait ends, where that is known
 * @param attempts how many orders it was given
 */
public record MachineProgress(
        String machine,
        String rollout,
        String faultDomain,
        MachinePhase phase,
        String reason,
        String rule,
        @Nullable Instant until,
        @Nullable String runningVersion,
        int attempts) {}

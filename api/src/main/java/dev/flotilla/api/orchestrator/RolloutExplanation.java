package dev.flotilla.api.orchestrator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a rollout is where it is, and what would bring it on.
 *
 * @param faultDomain the fault domain whose machines are being changed; null where none is
 * @param waits the reasons of machines that are not done, the one with the most machines first
 */
public record RolloutExplanation(
        String rollout,
        DeploymentState state,
        String reason,
        @Nullable String faultDomain,
        Counts counts,
        List<Wait> waits) {

    /**
     * One reason, and the machines that it holds.
     *
     * @param rule the name of the rule, or of the policy
     * @param unblock what would end the wait, in words for a person
     * @param examples the first of the machines, at most ten
     */
    public record Wait(
            MachinePhase phase,
            String rule,
            String reason,
            @Nullable Instant until,
            String unblock,
            int machines,
            List<String> examples) {}
}

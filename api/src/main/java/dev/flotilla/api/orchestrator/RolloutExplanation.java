package dev.flotilla.api.orchestrator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a rollout is where it is, and what would bring it on.
 *
 * @param since since when it is in that state: rolling out since it began or was last resumed, halted or ended since that was decided, complete since
 *     its last machine was done; null where that is not known
 * @param by who brought it into that state; null where it came there by going on
 * @param unblock what would bring it on, in words for a person
 * @param faultDomain the fault domain whose machines are being changed; null where none is
 * @param waits the reasons of machines that are not done, the one with the most machines first
 * @param foremost the one of the waits that the others hang on: what is under way before what was refused, and machines that only wait for
 *     their turn last; null where no machine waits.
 * @param then what would hold machines if the rollout, which is halted or ended, went on now, those left out that would only wait for their turn; the
 *     one with the most machines first; empty where it goes on, or can't go on any more because it is rolled back
 */
public record RolloutExplanation(
        String rollout,
        DeploymentState state,
        String reason,
        @Nullable Instant since,
        @Nullable Authority by,
        String unblock,
        @Nullable String faultDomain,
        Counts counts,
        @Nullable Wait foremost,
        List<Wait> waits,
        List<Wait> then) {

    /**
     * One reason, and the machines that it holds.
     *
     * @param rule the name of the rule, or of the policy
     * @param reason in words, of the first of the machines
     * @param since since when the first of them has waited, as {@link MachineProgress} says; null where that is not known, and in a plan
     * @param until when the last of them need wait no longer; null where that is not known
     * @param by whose rule it is; of the first of the machines where each has its own, such as a repair
     * @param unblock what would end the wait, in words for a person
     * @param examples the first of the machines, at most ten
     */
    public record Wait(
            MachinePhase phase,
            String rule,
            String reason,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Authority by,
            String unblock,
            int machines,
            List<String> examples) {}
}

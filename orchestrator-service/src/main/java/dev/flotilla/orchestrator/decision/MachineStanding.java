package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.MachinePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a machine stands, and why.
 *
 * @param reason in words for a person
 * @param rule the id of the {@link Rule}, or the name of the policy
 * @param until when a wait ends; null where that is not known
 * @param origin whose rule it is
 */
public record MachineStanding(
        MachinePhase phase,
        String reason,
        String rule,
        @Nullable Instant until,
        Origin origin) {

    /** By a rule of the rollout. */
    public MachineStanding(MachinePhase phase, String reason, String rule, @Nullable Instant until) {
        this(phase, reason, rule, until, Origin.ROLLOUT);
    }

    /** Where a refused claim leaves the machine. */
    public static MachineStanding refused(MachinePhase phase, ClaimAnswer answer) {
        return new MachineStanding(phase, answer.reason(), answer.rule(), answer.until(), Origin.CLAIM);
    }

    static MachineStanding of(MachinePhase phase, Rule rule, String reason) {
        return new MachineStanding(phase, reason, rule.id(), null);
    }

    static MachineStanding until(MachinePhase phase, Rule rule, String reason, Instant until) {
        return new MachineStanding(phase, reason, rule.id(), until);
    }
}

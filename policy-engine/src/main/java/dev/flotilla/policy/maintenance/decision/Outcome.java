package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of an event.
 *
 * @param state the next state; where the event was refused only what time did
 * @param ruling the answer to a rollout; null to others
 * @param refusal why the tenant's answers were refused; null where they were not
 * @param happened what to remember
 */
public record Outcome(
        TenantState state,
        @Nullable Ruling ruling,
        @Nullable Refusal refusal,
        List<Happened> happened) {

    /**
     * Whether a rollout may go ahead.
     *
     * @param since since when that is so; null where nothing is in the way, or that is not known
     * @param until when the wait ends by itself; null where it does not
     * @param unblock what would let it go ahead; null where it may
     */
    public record Ruling(
            State state,
            String reason,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String unblock) {

        static final Ruling NEVER_ASKED = go("the tenant is asked never");

        static Ruling go(String reason) {
            return new Ruling(State.GO, reason, null, null, null);
        }
    }

    /**
     * One thing that happened.
     *
     * @param answer what the tenant said; null where it is nobody's answer
     */
    public record Happened(
            String job,
            @Nullable String deployment,
            @Nullable Integer step,
            String what,
            String by,
            @Nullable Kind answer) {}

    /**
     * Why answers are refused.
     *
     * @param outdated whether they were made on an outdated document; otherwise they can't be
     * @param answer which of them, from 0
     * @param field of that answer
     * @param detail what is wrong with it; {@code TENANT} and {@code JOB} in it stand for their names
     */
    public record Refusal(boolean outdated, int answer, String field, String detail) {}
}

package dev.flotilla.api.policy.maintenance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a rollout may do what it wants to do.
 *
 * @param state the strictest of the tenants': {@code STOP}, then {@code WAIT}, then {@code PASS_BY}, then {@code GO}
 * @param tenants each of them, by name
 */
public record MaintenanceVerdict(String job, State state, List<OfTenant> tenants) {
    /** May it? */
    public enum State {
        /** Yes: impact may begin; after an {@code IMPACT_END}: the next fault domain may. */
        GO,
        /** Of this tenant's machines: never. Pass them by, and go on with the others. Those begun with may be finished. */
        PASS_BY,
        /** Not yet: say the same again later. Never begin with machines of this tenant meanwhile; those begun with may be finished. */
        WAIT,
        /** No more: halt the rollout. Nothing but a person changes that. */
        STOP
    }

    /**
     * @param reason in words for a person; never empty
     * @param until when the wait ends by itself; null where it does not, as where silence means waiting
     * @param rule {@value #RULE}
     * @param since since when that is so: since it was asked, or said what it said; null where that is not known
     * @param unblock what would let the job go ahead, in words for a person; null where it may
     * @param step the step that the tenant is asked to answer now; null where it is asked nothing, or has suspended or ended the job
     */
    public record OfTenant(
            String tenant,
            State state,
            String reason,
            @Nullable Instant until,
            String rule,
            @Nullable Instant since,
            @Nullable String unblock,
            MaintenanceDocument.@Nullable Step step) {
        public static final String RULE = "maintenance-request";
    }
}

package dev.flotilla.api.policy.maintenance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a rollout may do what it wants to do.
 *
 * @param state the strictest of the tenants': {@code STOP}, then {@code WAIT}, then {@code GO}
 * @param tenants each of them, by name
 */
public record MaintenanceVerdict(String job, State state, List<OfTenant> tenants) {
    /** May it? */
    public enum State {
        /** Yes: impact may begin; after an {@code IMPACT_END}: the next fault domain may. */
        GO,
        /** Not yet: say the same again later. Never begin with machines of this tenant meanwhile; those begun with may be finished. */
        WAIT,
        /** No more: halt the rollout. Nothing but a person changes that. */
        STOP
    }

    /**
     * @param reason in words for a person; never empty
     * @param until when it is worth asking again at the latest; null when that is not known
     * @param rule {@value #RULE}
     * @param step the step that it is about; null where the tenant is asked nothing
     */
    public record OfTenant(
            String tenant,
            State state,
            String reason,
            @Nullable Instant until,
            String rule,
            MaintenanceDocument.@Nullable Step step) {
        public static final String RULE = "maintenance-request";
    }
}

package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.registry.OrderProgress;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a rollout, as observed.
 *
 * @param faultDomain empty where device-manager does not know the machine any more
 * @param supersededBy the newer deployment that has taken it over; null where none has
 * @param gone why it is no machine of this rollout any more, in words (retired, moved); null while it is one
 * @param sight what the registry says of it; null where it never reported
 * @param order the latest order that this rollout gave it; null where it gave none
 * @param ahead an order to fetch the bytes ahead of time, where that is all that this rollout gave it
 */
public record MachineView(
        String name,
        String faultDomain,
        @Nullable String supersededBy,
        @Nullable String gone,
        @Nullable Sight sight,
        @Nullable OrderRecord order,
        @Nullable OrderRecord ahead) {

    /** One that was not given the bytes ahead of time. */
    public MachineView(
            String name,
            String faultDomain,
            @Nullable String supersededBy,
            @Nullable String gone,
            @Nullable Sight sight,
            @Nullable OrderRecord order) {
        this(name, faultDomain, supersededBy, gone, sight, order, null);
    }

    /** What the agent reports of fetching ahead of time; null where it reports nothing of it. */
    @Nullable
    OrderProgress fetching() {
        OrderProgress progress = sight == null || sight.running() == null
                ? null
                : sight.running().order();
        return progress != null && ahead != null && progress.orderId().equals(ahead.orderId()) ? progress : null;
    }

    /** How many orders this rollout has given it, those that only fetched included. */
    int attempts() {
        OrderRecord latest = order == null ? ahead : order;
        return latest == null ? 0 : latest.attempt();
    }
}

package dev.flotilla.orchestrator.decision;

import org.jspecify.annotations.Nullable;

/**
 * One machine of a rollout, as observed.
 *
 * @param faultDomain empty where device-manager does not know the machine any more
 * @param supersededBy the newer deployment that has taken it over; null where none has
 * @param gone why it is no machine of this rollout any more, in words (retired, moved); null while it is one
 * @param sight what the registry says of it; null where it never reported
 * @param order the latest order that this rollout gave it; null where it gave none
 */
public record MachineView(
        String name,
        String faultDomain,
        @Nullable String supersededBy,
        @Nullable String gone,
        @Nullable Sight sight,
        @Nullable OrderRecord order) {}

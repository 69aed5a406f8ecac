package dev.flotilla.api.orchestrator;

import org.jspecify.annotations.Nullable;

/**
 * Who or what has a say in where a machine or a rollout stands: whom to ask, or what to change.
 *
 * @param name its name, as the kind says
 * @param holder who answers for it; null where that is not known, or the name says it
 * @param detail what more the kind says of it; null where nothing
 * @param words all of that for a person, to be put after "by"
 */
public record Authority(
        Kind kind,
        String name,
        @Nullable String holder,
        @Nullable String detail,
        String words) {

    /** What has a say. */
    public enum Kind {
        /** A caller who gave a command; detail: the reason given with it. */
        CALLER,
        /** The rollout's own way of going on; detail: why it stopped, where it did by itself. */
        ROLLOUT,
        /** An option of the deployment, such as {@code maxUnavailable}; detail: its value. */
        OPTION,
        /** A newer deployment. */
        DEPLOYMENT,
        /** A policy; holder: who changed it last. */
        POLICY,
        /** An opt-out; holder: who stored it. */
        OPT_OUT,
        /** Another's maintenance request, by its job, that has not been agreed to; holder: the tenant. */
        MAINTENANCE_REQUEST,
        /** A tenant who is asked, or who stopped the rollout; detail: the step it is asked for, or its reason. */
        TENANT,
        /** A repair, such as {@code r17}; holder: who has it; detail: its kind. */
        REPAIR,
        /** Whoever works elsewhere in the group, by the name that its repairs are held under; detail: the fault domain. */
        HOLDER,
        /** The limit of the environment and machine function in device-manager, such as {@code prod-east/web}. */
        GROUP_LIMIT,
        /** The agent of a machine, by the machine's name. */
        AGENT,
        /** A service of Flotilla that answers, or does not. */
        SERVICE
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What keeps the promises around the decision core; each can be taken away to see that the simulation notices. */
enum Safeguard {
    /** A decision is written only if nobody has written since it was made. */
    FENCED_WRITING,
    /** An order is sent only if the decision behind it still stands. */
    READ_AGAIN_BEFORE_SENDING,
    /** A repair is closed only if the decision behind that still stands. */
    READ_AGAIN_BEFORE_CLOSING,
    /** An order permits a switch for a short time only. */
    LAPSING_ORDERS,
    /** An agent takes no order of an older epoch than the last. */
    AGENTS_KNOW_EPOCHS,
    /** An agent takes no order of an older deployment than the last. */
    AGENTS_NEVER_GO_BACK,
    /** Tenants are asked before their machines are changed. */
    TENANTS_ASKED,
    /** Tenants are told nothing by whoever was overtaken. */
    TENANTS_KNOW_EPOCHS,
    /** A halt stops all rollouts of a deployment. */
    HALT_STOPS_ALL,
    /** device-manager: one fault domain of a group under elective work at a time. */
    ONE_FAULT_DOMAIN,
    /** device-manager: so many machines of a group unavailable at once and no more. */
    GROUP_LIMIT,
    /** device-manager: a machine on which a service crashed is unavailable. */
    CRASHES_COUNT,
    /** What a crash left behind is found: repairs that no book names. */
    STRAYS_GIVEN_BACK;

    static final Set<Safeguard> ALL = Set.copyOf(EnumSet.allOf(Safeguard.class));

    static Set<Safeguard> without(Safeguard first, Safeguard... more) {
        return EnumSet.complementOf(EnumSet.of(first, more));
    }
}

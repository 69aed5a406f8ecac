package dev.flotilla.orchestrator.decision.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What keeps the promises around the decision core; each can be taken away to see that the simulation notices. */
enum Safeguard {
    /** A decision is written only if nobody has written since it was made. */
    FENCED_WRITING,
    /** An order is sent only if the decision behind it still stands. */
    READ_AGAIN_BEFORE_SENDING,
    /** An order permits a switch for a short time only. */
    LAPSING_ORDERS;

    static final Set<Safeguard> ALL = Set.copyOf(EnumSet.allOf(Safeguard.class));

    static Set<Safeguard> without(Safeguard missing) {
        return EnumSet.complementOf(EnumSet.of(missing));
    }
}

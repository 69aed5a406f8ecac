package dev.flotilla.device.repair;

import dev.flotilla.api.device.RepairState;

/** Keeps to the table of transitions, {@link RepairState#next}. */
final class Transitions {
    private Transitions() {}

    /** @throws IllegalTransitionException for a step that is not in the table */
    static void check(RepairState from, RepairState to) {
        if (!from.next().contains(to)) {
            throw new IllegalTransitionException(from, to);
        }
    }
}

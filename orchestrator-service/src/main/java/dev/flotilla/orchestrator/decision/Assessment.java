package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.MachinePhase;
import org.jspecify.annotations.Nullable;

/**
 * One machine by itself, before limits and policies are asked.
 *
 * @param standing where it stands if nothing is ordered now
 * @param note what to write down about its latest order; null where there is nothing
 * @param want what the rollout would do with it if it may
 * @param inFlight true while an order of this rollout is open
 * @param unavailable true while it does not do its work, or is about to stop doing it, whoever caused it
 */
record Assessment(
        MachineView machine,
        MachineStanding standing,
        Action.@Nullable OnMachine note,
        Want want,
        boolean inFlight,
        boolean unavailable) {

    /** What a rollout would do with a machine. */
    enum Want {
        NOTHING,
        /** Give it a new order. */
        ORDER,
        /** Send the open order again. */
        RESEND
    }

    /** True if the machine belongs to the rollout now. */
    boolean effective() {
        return machine.supersededBy() == null && machine.gone() == null;
    }

    /** True if an attempt failed and another follows. */
    boolean retrying() {
        return standing.rule().equals(Rule.RETRY_BACKOFF.id());
    }

    /** True if its bytes are there and only a fresh order is missing. */
    boolean fetched() {
        return standing.rule().equals(Rule.FETCHED.id());
    }

    int failures() {
        OrderRecord order = machine.order();
        return order == null ? 0 : order.failures();
    }

    static Assessment settled(MachineView machine, MachinePhase phase, Rule rule, String reason) {
        return new Assessment(machine, MachineStanding.of(phase, rule, reason), null, Want.NOTHING, false, false);
    }
}

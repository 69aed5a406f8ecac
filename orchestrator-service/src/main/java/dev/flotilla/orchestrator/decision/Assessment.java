package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.MachinePhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One machine by itself, before limits, policies and repairs are asked.
 *
 * @param standing where it stands if nothing is ordered now
 * @param note what to write down about its latest order; null where there is nothing
 * @param want what the rollout would do with it if it may
 * @param hold why it keeps its place among the machines that are being changed
 * @param unavailable true while it does not do its work, or is about to stop doing it, whoever caused it
 */
record Assessment(
        MachineView machine,
        MachineStanding standing,
        Action.@Nullable OnMachine note,
        Want want,
        Hold hold,
        boolean unavailable) {

    /** What a rollout would do with a machine. */
    enum Want {
        NOTHING,
        /** Give it a new order. */
        ORDER,
        /** Send the open order again. */
        RESEND
    }

    /** Why a machine keeps its place among those that are being changed. */
    enum Hold {
        NONE,
        /** An order of this rollout is open. */
        ORDER,
        /** An attempt failed and another follows. */
        RETRY,
        /** Its bytes are there, and only a fresh order is missing. */
        FETCHED,
        /** It runs the version and must stay healthy for a while. */
        PROOF
    }

    static Assessment settled(MachineView machine, MachinePhase phase, Rule rule, String reason) {
        return new Assessment(machine, MachineStanding.of(phase, rule, reason), null, Want.NOTHING, Hold.NONE, false);
    }

    String name() {
        return machine.name();
    }

    /** True if the machine belongs to the rollout now. */
    boolean effective() {
        return machine.supersededBy() == null && machine.gone() == null;
    }

    /** How many of the machines belong to the rollout now: what a share of a limit is taken of. */
    static int effective(List<Assessment> machines) {
        return (int) machines.stream().filter(Assessment::effective).count();
    }

    boolean inFlight() {
        return hold == Hold.ORDER;
    }

    /** True where the machine ran the version before: bringing it back is no change, and no matter of fault domains. */
    boolean mending() {
        OrderRecord order = machine.order();
        return order != null && (order.mending() || want == Want.ORDER && order.state() == OrderState.DONE);
    }

    /** True if its bytes are there and only a fresh order is missing. */
    boolean fetched() {
        return hold == Hold.FETCHED;
    }

    int failures() {
        OrderRecord order = machine.order();
        return order == null ? 0 : order.failures();
    }

    /** The repair that this rollout holds for it; null where it holds none. */
    @Nullable
    String repair() {
        OrderRecord order = machine.order();
        return order == null ? null : order.repair();
    }
}

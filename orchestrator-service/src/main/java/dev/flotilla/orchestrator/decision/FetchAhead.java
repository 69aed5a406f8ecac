package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the bytes to the machines whose turn comes next, while those before them are being changed and prove themselves: the switch is quick then.
 * Such an order changes nothing and is no change: it takes no place, no repair and no tenant's time, and nobody waits for it or repeats it. Who is
 * not permitted to be changed now is spared it all the same.
 */
final class FetchAhead {
    /** Less is fetched before anybody notices, in bytes. */
    static final long WORTH_IT = 1 << 20;

    private static final Set<String> WAITS =
            Set.of(Rule.FAULT_DOMAIN.id(), Rule.CANARY.id(), Rule.MAX_UNAVAILABLE.id());

    private FetchAhead() {}

    /**
     * The orders, {@link OrderState#AHEAD}; those of the next fault domain only, and as many at a time as may be changed at a time.
     *
     * @param machines all of the rollout, in turn
     * @param standings where they stand after this decision
     */
    static List<Action.Send> orders(
            RolloutView view, List<Assessment> machines, Map<String, MachineStanding> standings, Instant now) {
        if (view.goal().size() < WORTH_IT
                || view.state() != DeploymentState.ROLLING_OUT
                || view.replaced() != null
                || !view.obstacles().isEmpty()) {
            return List.of();
        }
        List<Assessment> next = machines.stream()
                .filter(machine -> waits(view, machine, standings))
                .toList();
        int effective = Assessment.effective(machines);
        long underWay =
                machines.stream().filter(machine -> underWay(machine, now)).count();
        long room = view.limits().maxUnavailable().roundedUp(effective) - underWay;
        return next.stream()
                .filter(machine -> machine.machine()
                        .faultDomain()
                        .equals(next.getFirst().machine().faultDomain()))
                .filter(machine -> machine.machine().ahead() == null)
                .limit(Math.max(0, room))
                .map(machine -> new Action.Send(order(view, machine, now)))
                .toList();
    }

    private static boolean waits(RolloutView view, Assessment machine, Map<String, MachineStanding> standings) {
        MachineStanding standing = standings.get(machine.name());
        Permit permit = view.permit(machine.name());
        return machine.want() == Want.ORDER
                && machine.machine().order() == null
                && permit != null
                && permit.effect() == Effect.ALLOW
                && standing != null
                && WAITS.contains(standing.rule());
    }

    private static boolean underWay(Assessment machine, Instant now) {
        OrderRecord ahead = machine.machine().ahead();
        if (ahead == null || machine.machine().order() != null || now.isAfter(ahead.deadline())) {
            return false;
        }
        OrderProgress progress = machine.machine().fetching();
        return progress == null || progress.phase() != OrderPhase.FETCHED && progress.phase() != OrderPhase.FAILED;
    }

    private static OrderRecord order(RolloutView view, Assessment machine, Instant now) {
        int attempt = machine.machine().attempts() + 1;
        return new OrderRecord(
                machine.name(),
                attempt,
                OrderIds.of(view.rollout(), machine.name(), attempt),
                OrderState.AHEAD,
                0,
                1,
                now,
                now.plus(view.pace().orderTimeout()),
                now,
                false,
                false,
                null,
                null);
    }
}

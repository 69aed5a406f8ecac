package dev.flotilla.orchestrator.decision;

import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The machines that are down and come before all others, where they use up the rollout's limit, or broken ones that of the group: nobody else could be
 * changed before they are well, and what they are brought to may be what mends them.
 */
final class DownFirst {
    private final List<Assessment> machines;
    private final Set<String> names;
    private final Set<String> ahead;
    private final Set<String> outOfTurn;

    /**
     * Finds them.
     *
     * @param all machines of the rollout
     * @param holding those that others wait for, in their order
     */
    DownFirst(RolloutView view, List<Assessment> all, List<Assessment> holding) {
        this.ahead = full(view, all)
                ? all.stream()
                        .filter(machine -> isDown(machine) && Waves.permitted(view, machine))
                        .map(Assessment::name)
                        .collect(Collectors.toSet())
                : Set.of();
        this.machines = holding.stream()
                .filter(machine -> ahead.contains(machine.name()))
                .toList();
        this.names = machines.stream().map(Assessment::name).collect(Collectors.toSet());
        String turn = holding.isEmpty() ? "" : holding.getFirst().machine().faultDomain();
        this.outOfTurn = all.stream()
                .filter(machine -> {
                    OrderRecord order = machine.machine().order();
                    return order != null && Waves.busy(view, machine)
                            ? order.outOfTurn()
                            : includes(machine)
                                    && !turn.equals(machine.machine().faultDomain());
                })
                .map(Assessment::name)
                .collect(Collectors.toSet());
    }

    /** True where no machine that does its work may be taken, by the rollout's limit or by device-manager's. */
    private static boolean full(RolloutView view, List<Assessment> all) {
        long taken = all.stream()
                .filter(machine -> machine.unavailable() || Waves.busy(view, machine))
                .count();
        return taken >= view.limits().maxUnavailable().roundedUp(Assessment.effective(all))
                || view.answers().usedUp();
    }

    /** True where the machine is down, and is to be brought to the version. */
    static boolean waits(RolloutView view, Assessment machine) {
        return isDown(machine) && !Waves.mending(view, machine);
    }

    private static boolean isDown(Assessment machine) {
        return machine.unavailable() && machine.want() != Want.NOTHING;
    }

    /** In their order. */
    List<Assessment> machines() {
        return machines;
    }

    boolean includes(Assessment machine) {
        return names.contains(machine.name());
    }

    /** True for these, and for those that are down and only brought back to what they ran: others keep no place from them. */
    boolean isAhead(Assessment machine) {
        return ahead.contains(machine.name());
    }

    /** True where any is. */
    boolean anyAhead() {
        return !ahead.isEmpty();
    }

    /** True where an order is given to the machine, or was, although the turn of its fault domain has not come. */
    boolean outOfTurn(String machine) {
        return outOfTurn.contains(machine);
    }

    /** True where nobody comes before the machine; one that waits for its next attempt comes after those that are down. */
    boolean letsGoOn(RolloutView view, Assessment machine) {
        return machines.isEmpty() ? Waves.busy(view, machine) : Waves.underWay(machine);
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import dev.flotilla.orchestrator.decision.simulation.SimMachine.SimOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What must never be seen on the machines themselves, whatever the books say. */
final class SimChecks {
    private final Collection<SimMachine> machines;
    private final List<SimRollout> rollouts;
    private final SimRepairs repairs;

    SimChecks(Collection<SimMachine> machines, List<SimRollout> rollouts, SimRepairs repairs) {
        this.machines = machines;
        this.rollouts = rollouts;
        this.repairs = repairs;
    }

    /** A machine begins to be changed. */
    void begins(SimMachine machine, SimRollout rollout, SimOrder order, long newestBefore, Instant now) {
        if (order.revision() < newestBefore) {
            throw new Breach(Promise.NEWEST_WINS, machine.name + " goes back from " + newestBefore + " to " + order);
        }
        Instant halted = rollout.haltedAt;
        if (halted != null && order.sentAt().isAfter(halted)) {
            throw new Breach(Promise.HALT, machine.name + " begins " + order + ", halted at " + halted);
        }
        if (!rollout.id.equals(repairs.holder(machine.name, now))) {
            throw new Breach(
                    Promise.REPAIR,
                    machine.name + " begins " + order + ", claimed by " + repairs.holder(machine.name, now));
        }
        if (machine.repaved) {
            throw new Breach(Promise.REPAIR, machine.name + " begins " + order + " under a repave");
        }
        if (!order.mending()) {
            canary(machine, rollout, order);
            inTurn(machine, rollout, order);
        }
    }

    /** Where canaries are wanted, no more machines than that are begun before one ran the version. One that was lost may come back to its next attempt. */
    private void canary(SimMachine machine, SimRollout rollout, SimOrder order) {
        int wanted = rollout.limits.canaryMachines().value() == 0
                ? 0
                : rollout.limits.canaryMachines().roundedUp(rollout.machines.size());
        boolean proven = machines.stream()
                .anyMatch(other -> rollout.machines.contains(other.name) && other.everRan.contains(rollout.version));
        long changing = machines.stream()
                .filter(other ->
                        other.up && other.changing() && other.order().rollout().equals(rollout.id))
                .filter(other -> !superseded(rollout, other))
                .count();
        if (wanted > 0
                && order.attempt() == 1
                && !proven
                && changing > wanted
                && rollout.machines.contains(machine.name)) {
            throw new Breach(
                    Promise.CANARY,
                    changing + " machines change at once for " + rollout.id + ", and no canary runs "
                            + order.version());
        }
    }

    private boolean superseded(SimRollout rollout, SimMachine machine) {
        return rollouts.stream()
                .anyMatch(other -> other.revision > rollout.revision && other.machines.contains(machine.name));
    }

    private void inTurn(SimMachine machine, SimRollout rollout, SimOrder order) {
        List<SimMachine> unproven = machines.stream()
                .filter(other -> other.group.equals(machine.group) && other.unproven(rollout, order.sentAt()))
                .filter(other -> !superseded(rollout, other))
                .toList();
        for (SimMachine other : unproven) {
            if (!other.faultDomain.equals(machine.faultDomain)) {
                throw new Breach(
                        Promise.MIN_HEALTHY_TIME,
                        machine.name + " of " + machine.faultDomain + " begins " + order + ", and " + other.name
                                + " of " + other.faultDomain + " has not proved itself");
            }
        }
    }

    /** A machine begins to be disrupted. */
    void switches(SimMachine machine, Instant now) {
        if (!machine.order().rollout().equals(repairs.holder(machine.name, now))) {
            throw new Breach(
                    Promise.REPAIR,
                    machine.name + " switches for " + machine.order() + ", claimed by "
                            + repairs.holder(machine.name, now));
        }
    }

    /** At any moment. */
    void always() {
        for (SimRollout rollout : rollouts) {
            long changing = machines.stream()
                    .filter(machine ->
                            machine.changing() && machine.order().rollout().equals(rollout.id))
                    .count();
            if (changing > rollout.most()) {
                throw new Breach(
                        Promise.MAX_UNAVAILABLE,
                        changing + " machines change for " + rollout.id + ", allowed " + rollout.most());
            }
        }
        machines.stream()
                .filter(machine -> machine.disrupted() && !machine.order().mending())
                .collect(Collectors.groupingBy(
                        machine -> machine.group,
                        Collectors.mapping(machine -> machine.faultDomain, Collectors.toSet())))
                .forEach((group, domains) -> {
                    if (domains.size() > 1) {
                        throw new Breach(Promise.FAULT_DOMAIN, group + " is changed in " + domains + " at once");
                    }
                });
        machines.stream()
                .filter(SimMachine::disrupted)
                .collect(Collectors.groupingBy(machine -> machine.group, Collectors.counting()))
                .forEach((group, changing) -> {
                    if (changing > repairs.limit(group)) {
                        throw new Breach(
                                Promise.GROUP_LIMIT,
                                changing + " machines of " + group + " change, allowed " + repairs.limit(group));
                    }
                });
    }

    /**
     * After orders were written down.
     *
     * @param over machines that their orders can't change any more
     */
    void written(SimRollout rollout, Collection<String> over, Instant now) {
        long open = rollout.orders.values().stream()
                .filter(order -> order.state().open() && !over.contains(order.machine()))
                .filter(order -> order.state() != OrderState.SUSPENDED || !now.isAfter(order.deadline()))
                .count();
        if (open > rollout.most()) {
            throw new Breach(
                    Promise.MAX_UNAVAILABLE, rollout.id + " has " + open + " orders open, allowed " + rollout.most());
        }
    }
}

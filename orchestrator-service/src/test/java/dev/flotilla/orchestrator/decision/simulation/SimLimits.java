package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether too many machines of a group are taken at once, whoever takes them: counted on the machines. */
final class SimLimits {
    private final SimWorld world;
    private final Set<String> liveBefore = new HashSet<>();

    SimLimits(SimWorld world) {
        this.world = world;
    }

    /** A machine was just taken for something: not one more than the group's limit may be then, those broken included. */
    void disrupted(SimMachine machine) {
        int taken = 0;
        for (SimMachine other : world.machines.values()) {
            SimRepairs.Repair repair = world.repairs.of(other.name, world.now);
            boolean broken = world.repairs.broken(other.name) || repair != null && repair.broken;
            taken += taken(other) && other.group.equals(machine.group) && !broken ? 1 : 0;
        }
        if (taken > world.repairs.limit(machine.group)) {
            world.broken(
                    Promise.GROUP_LIMIT,
                    machine.name + " makes " + taken + " machines of " + machine.group + " that are taken, allowed "
                            + world.repairs.limit(machine.group));
        }
    }

    void beforeClaim(List<String> machines) {
        liveBefore.clear();
        for (String machine : machines) {
            if (world.repairs.of(machine, world.now) != null) {
                liveBefore.add(machine);
            }
        }
    }

    /** Those newly granted, with all that is down already. */
    void claimed(Map<String, ClaimAnswer> answers) {
        answers.forEach((name, answer) -> {
            if (!answer.granted()) {
                refused(answer);
                return;
            }
            SimMachine machine = world.machine(name);
            if (liveBefore.contains(name) || world.repairs.broken(name)) {
                return;
            }
            int down = 0;
            for (SimMachine other : world.machines.values()) {
                boolean counts = taken(other) || world.repairs.broken(other.name) || other.knownToBeDown();
                down += other != machine && !other.retired && other.group.equals(machine.group) && counts ? 1 : 0;
            }
            if (down + 1 > world.repairs.limit(machine.group)) {
                world.broken(
                        Promise.GROUP_LIMIT,
                        name + " is given away while " + down + " of " + machine.group + " are down, allowed "
                                + world.repairs.limit(machine.group) + ": " + down(machine.group));
            }
        });
    }

    private boolean taken(SimMachine machine) {
        return machine.taken(service -> service.mayBeDown(world.now)
                && !(service.switching() ? service.outlived : world.outlived(service.order())));
    }

    private String down(String group) {
        StringBuilder down = new StringBuilder();
        for (SimMachine machine : world.machines.values()) {
            if (machine.group.equals(group) && (taken(machine) || world.repairs.broken(machine.name))) {
                down.append(machine.name).append(world.repairs.broken(machine.name) ? " broken" : " taken");
                machine.services.values().stream()
                        .filter(SimService::changing)
                        .forEach(service -> down.append(" by ").append(service.order()));
                down.append("; ");
            }
        }
        return down.toString();
    }

    private void refused(ClaimAnswer answer) {
        switch (answer.rule()) {
            case "fairness" -> world.coverage.saw(Coverage.Event.CLAIM_REFUSED_FOR_FAIRNESS);
            case "fault-domain" -> world.coverage.saw(Coverage.Event.CLAIM_REFUSED_FOR_FAULT_DOMAIN);
            case "max-unavailable" -> world.coverage.saw(Coverage.Event.CLAIM_REFUSED_FOR_LIMIT);
            default -> {}
        }
    }
}

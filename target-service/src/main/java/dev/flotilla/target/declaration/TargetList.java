package dev.flotilla.target.declaration;

import dev.flotilla.api.Names;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.Targets;
import dev.flotilla.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a declaration names, each machine with its place in the request. */
record TargetList(List<NamedMachine> machines, List<MachineGroup> groups) {
    /** More machines named one by one are refused. */
    static final int MOST_MACHINES = 100_000;

    private static final int MOST_GROUPS = 10_000;

    static final String TOO_MANY = "At most " + MOST_MACHINES
            + " machines can be named one by one: name their environments and machine functions instead (JSON, groups).";

    /** @param place where it is named, such as {@code machines[3]} or {@code line 17} */
    record NamedMachine(String name, String place) {}

    /** @throws ProblemException 413 for too many machines or groups */
    static TargetList of(Targets targets) {
        if (targets.machines().size() > MOST_MACHINES) {
            throw ProblemException.tooLarge(TOO_MANY);
        }
        if (targets.groups().size() > MOST_GROUPS) {
            throw ProblemException.tooLarge("At most " + MOST_GROUPS + " groups can be named in one declaration.");
        }
        List<String> names = targets.machines();
        return new TargetList(
                IntStream.range(0, names.size())
                        .mapToObj(i -> new NamedMachine(names.get(i), "machines[" + i + "]"))
                        .toList(),
                targets.groups());
    }

    Targets targets() {
        return new Targets(machines.stream().map(NamedMachine::name).toList(), groups);
    }

    /** Answers 422 with every malformed or repeated target, and where there is no target at all. */
    void requireWellFormed() {
        if (machines.isEmpty() && groups.isEmpty()) {
            throw ProblemException.unprocessable(
                    "Nothing is targeted: name at least one machine, or an environment and machine function.",
                    List.of(new FieldError(
                            "machines", "must name at least one machine, or groups at least one", null)));
        }
        List<FieldError> errors = new ArrayList<>();
        Map<String, String> machinePlaces = new HashMap<>();
        for (NamedMachine machine : machines) {
            if (!Names.isPlace(machine.name())) {
                errors.add(ProblemException.error(
                        machine.place(), "must be the name of a machine: " + Names.PLACE_ALLOWED, machine.name()));
                continue;
            }
            String first = machinePlaces.putIfAbsent(machine.name(), machine.place());
            if (first != null) {
                errors.add(ProblemException.error(machine.place(), "is named already in " + first, machine.name()));
            }
        }
        Map<MachineGroup, String> groupPlaces = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            String first = groupPlaces.putIfAbsent(groups.get(i), "groups[" + i + "]");
            if (first != null) {
                errors.add(ProblemException.error(
                        "groups[" + i + "]", "is named already in " + first, shown(groups.get(i))));
            }
        }
        refuse("malformed or repeated", errors);
    }

    /** Answers 422 with these errors, if there are any. */
    static void refuse(String what, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            String count = errors.size() == 1 ? "1 target is " : errors.size() + " targets are ";
            throw ProblemException.unprocessable("Nothing was declared: " + count + what + ".", errors);
        }
    }

    static String shown(MachineGroup group) {
        return group.environment() + "/" + group.machineFunction();
    }
}

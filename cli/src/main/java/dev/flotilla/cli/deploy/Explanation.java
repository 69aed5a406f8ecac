package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Why machines do not run a deployment's version yet, in words: what holds for all of them once and first, then the machines by reason,
 * those that failed before those that wait.
 */
final class Explanation {
    /** The order in which a person wants to read them. */
    static final List<MachinePhase> NOT_RUNNING = List.of(
            MachinePhase.FAILED,
            MachinePhase.SWITCHING,
            MachinePhase.FETCHING,
            MachinePhase.WAITING,
            MachinePhase.EXCUSED,
            MachinePhase.SUPERSEDED);

    private static final String HALTED = "halted";
    /** Times differ from machine to machine where the reason is the same. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private Explanation() {}

    /** Machines that stand where they stand for the same reason. */
    private record Group(MachinePhase phase, String runs, String reason) {}

    static String of(DeploymentProgress deployment, List<MachineProgress> notRunning) {
        List<String> text = new ArrayList<>(List.of(head(deployment)));
        if (notRunning.isEmpty()) {
            text.add("Every machine of it runs that version.");
            return String.join("\n", text);
        }
        Map<Group, List<MachineProgress>> groups = new LinkedHashMap<>();
        for (MachineProgress machine : notRunning) {
            groups.computeIfAbsent(group(machine), any -> new ArrayList<>()).add(machine);
        }
        Table table = new Table("PHASE", "COUNT", "MACHINES", "RUNS", "WHY");
        groups.forEach((group, machines) -> table.row(
                group.phase(),
                machines.size(),
                MachineRanges.of(machines.stream().map(MachineProgress::machine).toList()),
                group.runs(),
                why(machines.getFirst())));
        text.add("");
        text.add(table.toString());
        return String.join("\n", text);
    }

    private static String head(DeploymentProgress deployment) {
        List<String> lines = new ArrayList<>();
        lines.add(deployment.id() + " of " + deployment.service() + " " + deployment.version() + " is "
                + deployment.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": "
                + ProgressView.done(deployment.counts()) + "."
                + (deployment.reason() == null ? "" : "\n" + deployment.reason() + "."));
        for (RolloutProgress rollout : deployment.rollouts()) {
            String reason = rollout.reason();
            if (rollout.state() == DeploymentState.HALTED && reason != null && !reason.equals(deployment.reason())) {
                lines.add("In " + rollout.environment() + "/" + rollout.machineFunction() + ": " + reason + ".");
            }
        }
        if (deployment.rolledBack()) {
            lines.add(ProgressView.wayBack(deployment));
        } else if (deployment.state() == DeploymentState.HALTED) {
            lines.add("'./flotilla resume " + deployment.id() + " --reason ...' lets it go on.");
        }
        return String.join("\n", lines);
    }

    private static Group group(MachineProgress machine) {
        return new Group(
                machine.phase(), runs(machine), TIME.matcher(why(machine)).replaceAll(""));
    }

    private static String runs(MachineProgress machine) {
        return machine.runningVersion() == null ? "-" : machine.runningVersion();
    }

    /** The reason of a halt stands above already. */
    private static String why(MachineProgress machine) {
        return machine.rule().equals(HALTED) ? "the deployment is halted" : machine.reason();
    }

    /** Where one machine stands. */
    static String of(DeploymentProgress deployment, String place, MachineProgress machine) {
        return machine.machine() + " (" + place + ") is "
                + machine.phase().name().toLowerCase(Locale.ROOT) + " in " + deployment.id() + " of "
                + deployment.service() + " " + deployment.version() + ", "
                + (machine.runningVersion() == null ? "runs no version of it" : "runs " + machine.runningVersion())
                + ", " + Quantities.count(machine.attempts(), "order") + " given.\n" + machine.reason() + " (rule "
                + machine.rule() + ")" + (machine.until() == null ? "" : "\nUntil " + machine.until() + ".");
    }
}

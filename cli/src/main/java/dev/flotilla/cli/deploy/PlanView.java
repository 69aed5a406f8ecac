package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in words: the whole in a sentence, a table of the waves, one of the machines that are passed by, and what all of it takes for granted. */
final class PlanView {
    private PlanView() {}

    static String of(DeploymentPlan plan) {
        List<String> text = new ArrayList<>(List.of(head(plan)));
        if (plan.rollouts().stream().anyMatch(rollout -> !rollout.waves().isEmpty())) {
            text.add("\n" + waves(plan));
        }
        if (plan.rollouts().stream().anyMatch(rollout -> !rollout.passedBy().isEmpty())) {
            text.add("\n" + passedBy(plan));
        }
        text.add("\n" + grounds(plan));
        return String.join("\n", text);
    }

    private static String head(DeploymentPlan plan) {
        int all = plan.rollouts().stream().mapToInt(RolloutPlan::machines).sum();
        int planned = plan.rollouts().stream().mapToInt(RolloutPlan::planned).sum();
        int aside = plan.rollouts().stream().mapToInt(RolloutPlan::aside).sum();
        String is = plan.id() + " of " + plan.service() + " " + plan.version() + " is "
                + plan.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (plan.reason() == null ? "" : " (" + plan.reason() + ")") + ".";
        String does = planned == 0
                ? "Nothing is left to change"
                : "It will change " + planned + " of " + Quantities.count(all, "machine") + ", which takes "
                        + (plan.expected() == null
                                ? "nobody knows how long: see the remarks"
                                : "about " + span(plan.expected()));
        return is + "\n" + does + (aside == 0 ? "." : "; " + aside + (aside == 1 ? " is" : " are") + " passed by.");
    }

    private static String waves(DeploymentPlan plan) {
        Table table = new Table(
                "GROUP", "WAVE", "FAULT DOMAIN", "COUNT", "MACHINES", "AT ONCE", "BEGINS IN", "TAKES", "REMARKS");
        for (RolloutPlan rollout : plan.rollouts()) {
            for (PlannedWave wave : rollout.waves()) {
                table.row(
                        group(rollout),
                        wave.number(),
                        where(wave),
                        wave.machines(),
                        some(wave.names(), wave.machines()),
                        wave.atOnce(),
                        span(wave.begins()),
                        span(wave.takes()),
                        remarks(wave));
            }
        }
        return table.toString();
    }

    private static String where(PlannedWave wave) {
        return switch (wave.kind()) {
            case MENDING -> "any (mending)";
            case CANARIES -> wave.faultDomain() + " (canaries)";
            case FAULT_DOMAIN -> String.valueOf(wave.faultDomain());
        };
    }

    private static String remarks(PlannedWave wave) {
        List<String> remarks = new ArrayList<>();
        if (wave.underWay() > 0) {
            remarks.add(wave.underWay() + " under way");
        }
        wave.waits().forEach(wait -> remarks.add(wait(wait)));
        return String.join("; ", remarks);
    }

    private static String wait(Wait wait) {
        return some(wait.examples(), wait.machines()) + ": " + wait.reason() + " (" + wait.rule() + ")"
                + (wait.until() == null ? "" : " until " + wait.until());
    }

    private static String passedBy(DeploymentPlan plan) {
        Table table = new Table("PASSED BY IN", "COUNT", "MACHINES", "UNTIL", "WHY");
        for (RolloutPlan rollout : plan.rollouts()) {
            for (Wait wait : rollout.passedBy()) {
                table.row(
                        group(rollout),
                        wait.machines(),
                        some(wait.examples(), wait.machines()),
                        wait.until() == null ? "-" : wait.until(),
                        wait.reason() + " (" + wait.rule() + ")");
            }
        }
        return table.toString();
    }

    private static String grounds(DeploymentPlan plan) {
        Set<String> grounds = new LinkedHashSet<>();
        for (RolloutPlan rollout : plan.rollouts()) {
            rollout.remarks().forEach(remark -> grounds.add("  In " + group(rollout) + ", " + remark + "."));
        }
        plan.assumptions().forEach(assumption -> grounds.add("  " + sentence(assumption)));
        plan.rollouts().stream()
                .filter(rollout -> rollout.planned() > 0)
                .collect(Collectors.groupingBy(
                        rollout -> span(rollout.change()) + " (" + rollout.changeFrom() + ")", Collectors.counting()))
                .forEach((change, groups) -> grounds.add(
                        "  A machine takes " + change + (groups == 1 ? "" : " in " + groups + " groups") + "."));
        return "This takes for granted:\n" + String.join("\n", grounds);
    }

    private static String sentence(String assumption) {
        return assumption.substring(0, 1).toUpperCase(Locale.ROOT) + assumption.substring(1) + ".";
    }

    private static String some(List<String> names, int all) {
        String named = MachineRanges.of(names);
        int more = all - names.size();
        return more == 0 ? named : named.isEmpty() ? "-" : named + " and " + more + " more";
    }

    private static String group(RolloutPlan rollout) {
        return rollout.environment() + "/" + rollout.machineFunction();
    }

    private static String span(@Nullable Duration span) {
        return span == null ? "?" : Quantities.span(span);
    }
}

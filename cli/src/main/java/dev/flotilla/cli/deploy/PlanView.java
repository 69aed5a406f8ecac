package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.RolloutPlan.TakenOver;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan in words: the whole in a sentence, a table of the waves, what they wait for, which machines are passed by, and what all of it takes for
 * granted. It fits a terminal; all names and reasons of a big fleet are in the JSON.
 */
final class PlanView {
    private PlanView() {}

    static Text of(DeploymentPlan plan) {
        return of(
                plan,
                plan.service() + " " + plan.version() + " is not declared "
                        + (onSome(plan) ? "on all of these machines" : "there") + ". Declared now, it");
    }

    /** True where an older deployment brings the version to some of the machines, and not to all. */
    private static boolean onSome(DeploymentPlan plan) {
        int all = plan.rollouts().stream().mapToInt(RolloutPlan::machines).sum();
        int have = plan.rollouts().stream()
                .flatMap(rollout -> rollout.takesOver().stream())
                .filter(taken -> taken.version().equals(plan.version()))
                .mapToInt(TakenOver::machines)
                .sum();
        return have > 0 && have < all;
    }

    /** @param undeclared the subject of what would be done, where it is not declared yet */
    private static Text of(DeploymentPlan plan, String undeclared) {
        List<Text> text = new ArrayList<>(List.of(Text.of(head(plan, undeclared))));
        if (plan.rollouts().stream().anyMatch(rollout -> !rollout.waves().isEmpty())) {
            text.add(PlanTable.of(plan.rollouts()));
        }
        Moments moments = new Moments(plan.at());
        PlanWaits waits = new PlanWaits();
        PlanWaits aside = new PlanWaits();
        plan.rollouts().forEach(rollout -> {
            rollout.waves()
                    .forEach(wave -> wave.waits().forEach(wait -> waits.add(wait, group(rollout), wave.number())));
            rollout.passedBy().forEach(wait -> aside.add(wait, group(rollout), 0));
        });
        if (!waits.empty()) {
            text.add(list("What it waits for:", waits.words(moments)));
        }
        if (!aside.empty()) {
            text.add(list("Passed by:", aside.words(moments)));
        }
        List<String> grounds = grounds(plan);
        if (!grounds.isEmpty()) {
            text.add(list("This takes for granted:", grounds));
        }
        return Text.apart(text);
    }

    /** What rolling back would do. */
    static Text of(RollbackPlan plan) {
        List<Text> text = new ArrayList<>();
        text.add(Text.of("Rolling " + plan.deployment() + " back would stop it, and declare "
                + Quantities.count(plan.ways().size(), "deployment") + ":"));
        plan.ways().forEach(way -> text.add(of(way, "Going back to " + way.service() + " " + way.version())));
        if (plan.leftBehind() != null) {
            text.add(Text.of("But " + plan.leftBehind() + "."));
        }
        return Text.apart(text);
    }

    private static Text list(String heading, List<String> items) {
        List<Text> lines = new ArrayList<>(List.of(Text.of(heading)));
        items.forEach(item -> lines.add(columns -> Text.wrapped("  ", item, 4, columns)));
        return Text.lines(lines);
    }

    private static String head(DeploymentPlan plan, String undeclared) {
        int all = plan.rollouts().stream().mapToInt(RolloutPlan::machines).sum();
        int planned = plan.rollouts().stream().mapToInt(RolloutPlan::planned).sum();
        int aside = plan.rollouts().stream().mapToInt(RolloutPlan::aside).sum();
        boolean declared = !plan.id().equals(Deployment.UNDECLARED);
        String is = declared
                ? plan.id() + " of " + plan.service() + " " + plan.version() + " is "
                        + (plan.state().paused(plan.reason())
                                ? plan.reason()
                                : plan.state().words(plan.reason())
                                        + (plan.reason() == null ? "" : " (" + plan.reason() + ")"))
                        + "."
                : undeclared;
        String it = declared ? "It will" : "would";
        int proving = plan.rollouts().stream().mapToInt(RolloutPlan::proving).sum();
        String does = planned == 0
                ? declared ? "Nothing is left to change" : "would change nothing"
                : it + " change " + planned + " of " + Quantities.count(all, "machine");
        return is
                + (declared ? "\n" : " ")
                + does
                + proving(proving)
                + (planned + proving == 0 ? "" : time(plan.expected(), plan.asking()))
                + (aside == 0 ? "." : "; " + aside + (aside == 1 ? " is" : " are") + " passed by.")
                + takesOver(plan);
    }

    private static String proving(int machines) {
        return machines == 0
                ? ""
                : machines == 1
                        ? "; 1 has it already and proves itself"
                        : "; " + machines + " have it already and prove themselves";
    }

    private static String time(@Nullable Duration expected, Duration asking) {
        if (expected == null) {
            return ", and nobody can say when: of some of what it waits for no end is known";
        }
        return ", which takes about " + span(expected)
                + (asking.isZero() ? "" : ", up to " + span(asking) + " of it for tenants to answer");
    }

    /** Whose machines it takes over, each deployment once. */
    private static String takesOver(DeploymentPlan plan) {
        Map<String, Integer> taken = new LinkedHashMap<>();
        plan.rollouts()
                .forEach(rollout -> rollout.takesOver()
                        .forEach(one -> taken.merge(
                                one.deployment() + ", which brings " + one.version() + " and is "
                                        + one.state().words(one.reason()),
                                one.machines(),
                                Integer::sum)));
        return taken.entrySet().stream()
                .map(one -> "\nIt takes " + Quantities.count(one.getValue(), "machine") + " over from " + one.getKey()
                        + " there.")
                .collect(Collectors.joining());
    }

    /** Nothing is taken for granted where nothing is left to do. */
    private static List<String> grounds(DeploymentPlan plan) {
        Set<String> grounds = new LinkedHashSet<>();
        for (RolloutPlan rollout : plan.rollouts()) {
            rollout.remarks().forEach(remark -> grounds.add("In " + group(rollout) + ", " + remark + "."));
        }
        List<RolloutPlan> planned = plan.rollouts().stream()
                .filter(rollout -> rollout.planned() > 0)
                .toList();
        if (!planned.isEmpty()) {
            plan.assumptions().forEach(assumption -> grounds.add(sentence(assumption)));
        }
        planned.stream()
                .collect(Collectors.groupingBy(
                        rollout -> span(rollout.change()), LinkedHashMap::new, Collectors.toList()))
                .forEach((change, alike) -> grounds.add("A machine takes " + change + " ("
                        + alike.getFirst().changeFrom()
                        + (alike.size() == 1
                                ? ""
                                : "; the same in " + Quantities.count(alike.size() - 1L, "other group"))
                        + ")."));
        return List.copyOf(grounds);
    }

    private static String sentence(String assumption) {
        return assumption.substring(0, 1).toUpperCase(Locale.ROOT) + assumption.substring(1) + ".";
    }

    static String group(RolloutPlan rollout) {
        return rollout.environment() + "/" + rollout.machineFunction();
    }

    static String span(@Nullable Duration span) {
        return span == null ? "?" : Quantities.span(span);
    }
}

package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.RolloutPlan.TakenOver;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
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

    static String of(DeploymentPlan plan) {
        List<String> text = new ArrayList<>(List.of(head(plan)));
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
            text.add("What it waits for:\n" + waits.words(moments));
        }
        if (!aside.empty()) {
            text.add("Passed by:\n" + aside.words(moments));
        }
        text.add(grounds(plan));
        return String.join("\n\n", text);
    }

    /** What rolling back would do. */
    static String of(RollbackPlan plan) {
        return plan.ways().isEmpty()
                ? Entry.wrapped(
                        "There is nothing to go back to: none of the machines of " + plan.deployment()
                                + ", as far as they are still its own, ran another version that was complete before. It would only be stopped.")
                : Entry.wrapped("Rolling " + plan.deployment() + " back would stop it, and declare "
                                + Quantities.count(plan.ways().size(), "deployment") + ":")
                        + "\n\n"
                        + plan.ways().stream().map(PlanView::of).collect(Collectors.joining("\n\n"));
    }

    private static String head(DeploymentPlan plan) {
        int all = plan.rollouts().stream().mapToInt(RolloutPlan::machines).sum();
        int planned = plan.rollouts().stream().mapToInt(RolloutPlan::planned).sum();
        int aside = plan.rollouts().stream().mapToInt(RolloutPlan::aside).sum();
        boolean declared = !plan.id().equals(Deployment.UNDECLARED);
        String is = declared
                ? plan.id() + " of " + plan.service() + " " + plan.version() + " is "
                        + plan.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (plan.reason() == null ? "" : " (" + plan.reason() + ")") + "."
                : plan.service() + " " + plan.version() + " is not declared there. Declared now,";
        String it = declared ? "It will" : "it would";
        String does = planned == 0
                ? declared ? "Nothing is left to change" : "it would change nothing"
                : it + " change " + planned + " of " + Quantities.count(all, "machine") + ", which takes "
                        + time(plan.expected(), plan.asking());
        return Entry.wrapped(is
                + (declared ? "\n" : " ")
                + does
                + (aside == 0 ? "." : "; " + aside + (aside == 1 ? " is" : " are") + " passed by.")
                + takesOver(plan));
    }

    private static String time(@Nullable Duration expected, Duration asking) {
        if (expected == null) {
            return "nobody knows how long: see below";
        }
        return "about " + span(expected)
                + (asking.isZero() ? "" : ", up to " + span(asking) + " of it for tenants to answer");
    }

    /** Whose machines it takes over, each deployment once. */
    private static String takesOver(DeploymentPlan plan) {
        Map<TakenOver, Integer> taken = new LinkedHashMap<>();
        plan.rollouts()
                .forEach(rollout -> rollout.takesOver()
                        .forEach(one -> taken.merge(
                                new TakenOver(one.deployment(), one.version(), one.state(), 0),
                                one.machines(),
                                Integer::sum)));
        return taken.entrySet().stream()
                .map(one -> "\nIt takes " + Quantities.count(one.getValue(), "machine") + " over from "
                        + one.getKey().deployment() + ", which brings "
                        + one.getKey().version() + " and is "
                        + one.getKey().state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " there.")
                .collect(Collectors.joining());
    }

    private static String grounds(DeploymentPlan plan) {
        Set<String> grounds = new LinkedHashSet<>();
        for (RolloutPlan rollout : plan.rollouts()) {
            rollout.remarks().forEach(remark -> grounds.add("In " + group(rollout) + ", " + remark + "."));
        }
        plan.assumptions().forEach(assumption -> grounds.add(sentence(assumption)));
        plan.rollouts().stream()
                .filter(rollout -> rollout.planned() > 0)
                .collect(Collectors.groupingBy(
                        rollout -> span(rollout.change()), LinkedHashMap::new, Collectors.toList()))
                .forEach((change, alike) -> grounds.add("A machine takes " + change + " ("
                        + alike.getFirst().changeFrom()
                        + (alike.size() == 1 ? "" : "; the same in " + (alike.size() - 1) + " more groups") + ")."));
        return "This takes for granted:\n"
                + grounds.stream().map(PlanView::indented).collect(Collectors.joining("\n"));
    }

    static String indented(String text) {
        return new Entry("  " + text).toString();
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

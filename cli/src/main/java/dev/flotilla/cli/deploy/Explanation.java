package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why machines do not run a deployment's version yet, in words: first each rollout as a whole, then the machines by reason, those that failed before
 * those that wait.
 *
 * @param moments seen from when
 */
record Explanation(DeploymentProgress deployment, Moments moments) {
    /** The order in which a person wants to read them. */
    static final List<MachinePhase> NOT_RUNNING = List.of(
            MachinePhase.FAILED,
            MachinePhase.SWITCHING,
            MachinePhase.FETCHING,
            MachinePhase.WAITING,
            MachinePhase.EXCUSED,
            MachinePhase.SUPERSEDED);

    private static final String HALTED = "halted";

    /** @param rollouts those that are not done */
    String of(List<RolloutExplanation> rollouts, List<MachineProgress> notRunning) {
        List<String> text = new ArrayList<>(List.of(head()));
        rollouts.stream()
                .collect(Collectors.groupingBy(Alike::of, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(alike -> text.add(whole(alike)));
        if (notRunning.isEmpty()) {
            text.add("Every machine of it runs that version.");
        }
        MachineGroups.of(notRunning).forEach(group -> text.add(group(group)));
        return String.join("\n\n", text);
    }

    private String head() {
        List<String> lines = new ArrayList<>();
        lines.add(deployment.id() + " of " + deployment.service() + " " + deployment.version() + " is "
                + words(deployment.state()) + ": " + ProgressView.done(deployment.counts()) + "."
                + (deployment.reason() == null ? "" : "\n" + moments.readable(deployment.reason()) + "."));
        if (deployment.rolledBack()) {
            lines.add(ProgressView.wayBack(deployment));
        } else if (deployment.state() == DeploymentState.HALTED) {
            lines.add("'./flotilla resume " + deployment.id() + " --reason ...' lets it go on.");
        }
        return Entry.wrapped(String.join("\n", lines));
    }

    /** Rollouts of which the same is to be said: those that one command halted, say. */
    private record Alike(
            String rollout,
            DeploymentState state,
            @Nullable Instant since,
            @Nullable Authority by,
            String unblock,
            List<Wait> then) {
        static Alike of(RolloutExplanation rollout) {
            boolean stopped = rollout.state() == DeploymentState.HALTED || rollout.state() == DeploymentState.ABORTED;
            return new Alike(
                    stopped ? "" : rollout.rollout(),
                    rollout.state(),
                    rollout.since(),
                    rollout.by(),
                    rollout.unblock(),
                    rollout.then());
        }
    }

    private String whole(List<RolloutExplanation> alike) {
        RolloutExplanation first = alike.getFirst();
        Wait foremost = first.state() == DeploymentState.ROLLING_OUT ? first.foremost() : null;
        Entry entry = new Entry(
                        alike.stream().map(rollout -> place(rollout.rollout())).collect(Collectors.joining(", "))
                                + (alike.size() == 1 ? " is " : " are ") + words(first.state())
                                + (first.faultDomain() == null ? "" : ", at " + first.faultDomain()) + ".")
                .with("Why", alike.size() == 1 ? moments.readable(first.reason()) : null)
                .with("Since", moments.since(first.since()))
                .with("By", words(first.by()))
                .with("Held by", foremost == null ? null : held(foremost, moments))
                .with("Unblock", moments.readable(first.unblock()));
        first.then().forEach(wait -> entry.with("Then", then(wait, moments)));
        return entry.toString();
    }

    /** What would hold machines of a rollout that is stopped if it went on. */
    static String then(Wait wait, Moments moments) {
        return names(wait) + (wait.phase() == MachinePhase.EXCUSED ? " would be passed by: " : " would wait: ")
                + said(wait, moments) + ". It takes: " + moments.readable(wait.unblock());
    }

    private static String then(Prospect then, Moments moments) {
        Wait wait = new Wait(
                then.phase(),
                then.rule(),
                then.reason(),
                then.since(),
                then.until(),
                then.by(),
                then.unblock(),
                1,
                List.of());
        return "it would " + (then.phase() == MachinePhase.EXCUSED ? "be passed by: " : "wait: ") + said(wait, moments)
                + ". It takes: " + moments.readable(then.unblock());
    }

    /** A wait in one sentence. */
    static String held(Wait wait, Moments moments) {
        return names(wait) + ": " + said(wait, moments);
    }

    private static String names(Wait wait) {
        int more = wait.machines() - wait.examples().size();
        return MachineRanges.of(wait.examples()) + (more > 0 ? " and " + more + " more" : "");
    }

    private static String said(Wait wait, Moments moments) {
        String since = moments.since(wait.since());
        String until = moments.until(wait.until());
        return moments.readable(wait.reason()) + " (rule " + wait.rule()
                + (wait.by() == null ? "" : ", by " + moments.readable(wait.by().words())) + ")"
                + (since == null ? "" : ", " + since)
                + (until == null ? "" : ", until " + until);
    }

    private String group(MachineGroups.Group group) {
        MachineProgress first = group.first();
        return new Entry(
                        first.phase() + "  " + Quantities.count(group.machines().size(), "machine")
                                + (first.runningVersion() == null ? "" : " on " + first.runningVersion()) + ": "
                                + MachineRanges.of(group.machines().stream()
                                        .map(MachineProgress::machine)
                                        .toList()))
                .with("Why", why(first))
                .with("Rule", first.rule())
                .with("By", words(first.by()))
                .with("Since", moments.since(group.since()))
                .with("Until", moments.until(group.until()))
                .with("Unblock", moments.readable(first.unblock()))
                .with("Then", first.then() == null ? null : then(first.then(), moments))
                .toString();
    }

    /** The reason of a halt stands above already. */
    private String why(MachineProgress machine) {
        return machine.rule().equals(HALTED) ? "the deployment is halted" : moments.readable(machine.reason());
    }

    /** Where one machine stands. */
    String of(MachineProgress machine) {
        return new Entry(machine.machine() + " (" + place(machine.rollout())
                        + (machine.faultDomain().isEmpty() ? "" : ", " + machine.faultDomain()) + ") is "
                        + machine.phase().name().toLowerCase(Locale.ROOT) + " in " + deployment.id() + " of "
                        + deployment.service() + " " + deployment.version() + ", "
                        + (machine.runningVersion() == null
                                ? "runs no version of it"
                                : "runs " + machine.runningVersion())
                        + ", " + Quantities.count(machine.attempts(), "order") + " given.")
                .with("Why", moments.readable(machine.reason()))
                .with("Rule", machine.rule())
                .with("By", words(machine.by()))
                .with("Since", moments.since(machine.since()))
                .with("Until", moments.until(machine.until()))
                .with("Unblock", moments.readable(machine.unblock()))
                .with("Then", machine.then() == null ? null : then(machine.then(), moments))
                .toString();
    }

    private @Nullable String words(@Nullable Authority by) {
        return by == null ? null : moments.readable(by.words());
    }

    private static String words(DeploymentState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The environment and machine function of a rollout. */
    static String place(String rollout) {
        String[] names = rollout.split("~", 3);
        return names.length < 3 ? rollout : names[1] + "/" + names[2];
    }
}

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
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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

    private static final Set<String> BEHIND = Set.of("fault-domain", "canary");

    /** @param rollouts those that are not done */
    Text of(List<RolloutExplanation> rollouts, List<MachineProgress> notRunning) {
        List<Text> text = new ArrayList<>(List.of(head()));
        List<RolloutExplanation> going = rollouts.stream()
                .filter(rollout -> rollout.state() == DeploymentState.ROLLING_OUT)
                .toList();
        if (!going.isEmpty()) {
            text.add(table(going));
        }
        Stop.of(deployment).forEach(stop -> text.add(stop.entry(rollouts, notRunning, moments)));
        List<Wait> foremost = going.stream()
                .map(RolloutExplanation::foremost)
                .filter(Objects::nonNull)
                .toList();
        proving(foremost).forEach(wait -> text.add(proving(wait)));
        MachineGroups.of(notRunning.stream()
                        .filter(machine -> !Stop.holds(machine))
                        .toList())
                .stream()
                .sorted(Comparator.<MachineGroups.Group>comparingInt(group -> rank(group, foremost))
                        .thenComparing(group -> -group.machines().size()))
                .forEach(group -> text.add(group.entry(moments)));
        return Text.apart(text);
    }

    /** Those that failed, those that all others wait for, the others, those that only wait for these, and those that nobody waits for. */
    private static int rank(MachineGroups.Group group, List<Wait> foremost) {
        MachineProgress first = group.first();
        boolean awaited = foremost.stream()
                .anyMatch(wait -> wait.phase() == first.phase() && wait.rule().equals(first.rule()));
        return switch (first.phase()) {
            case FAILED -> 0;
            case SWITCHING, FETCHING, WAITING, RUNNING -> behind(first) ? 3 : awaited ? 1 : 2;
            case EXCUSED -> 4;
            case SUPERSEDED -> 5;
        };
    }

    /** Whether it waits for others of its rollout, whoever holds these up: device-manager has a rule of the same name. */
    private static boolean behind(MachineProgress machine) {
        Authority by = machine.by();
        boolean others = by != null && (by.kind() == Authority.Kind.HOLDER || by.kind() == Authority.Kind.SERVICE);
        return !others && BEHIND.contains(machine.rule());
    }

    private Text head() {
        List<String> lines = new ArrayList<>();
        lines.add(deployment.id() + " of " + deployment.service() + " " + deployment.version() + " is "
                + deployment.state().words(deployment.reason()) + ": " + ProgressView.done(deployment.counts())
                + failed(deployment.counts().failed()) + ".");
        if (deployment.rolledBack()) {
            lines.add(ProgressView.wayBack(deployment));
        }
        return Text.of(String.join("\n", lines));
    }

    /** Of a halt its reason says how many they were then. */
    private static String failed(int failed) {
        return failed == 0 ? "" : ", " + failed + (failed == 1 ? " has" : " have") + " failed by now";
    }

    /** The rollouts as a whole. */
    private static Table table(List<RolloutExplanation> going) {
        Table table = new Table("GROUP", "RUN IT", "AT", "HELD BY");
        going.forEach(rollout -> {
            Wait held = rollout.foremost();
            table.row(
                    place(rollout.rollout()),
                    rollout.counts().running() + " of " + rollout.counts().total(),
                    Objects.requireNonNullElse(rollout.faultDomain(), "-"),
                    held == null ? "-" : held.rule() + " (" + Quantities.count(held.machines(), "machine") + ")");
        });
        return table;
    }

    /** What rollouts wait for though the machines run the version already, each once. */
    private static Collection<Wait> proving(List<Wait> foremost) {
        return foremost.stream()
                .filter(wait -> wait.phase() == MachinePhase.RUNNING)
                .collect(Collectors.toMap(Wait::rule, wait -> wait, (one, other) -> one, LinkedHashMap::new))
                .values();
    }

    private Text proving(Wait wait) {
        return new Entry(wait.phase().name(), columns -> names(wait))
                .with("Why", moments.readable(wait.reason()))
                .with("Rule", rule(wait.rule(), wait.by(), moments))
                .with("Until", moments.until(wait.until()))
                .with("Unblock", moments.readable(wait.unblock()));
    }

    /** What would hold a machine of a rollout that is stopped if that went on, to be put behind its name. */
    static String then(Prospect then, Moments moments) {
        return (then.phase() == MachinePhase.EXCUSED ? " would be passed by: " : " would wait: ") + said(then, moments)
                + ". It takes: " + moments.readable(then.unblock());
    }

    /** A wait in one sentence. */
    static String held(Wait wait, Moments moments) {
        return names(wait) + ": " + said(prospect(wait), moments);
    }

    static String then(Wait wait, Moments moments) {
        return names(wait) + then(prospect(wait), moments);
    }

    private static Prospect prospect(Wait wait) {
        return new Prospect(
                wait.phase(), wait.rule(), wait.reason(), wait.since(), wait.until(), wait.by(), wait.unblock());
    }

    static String names(Wait wait) {
        int more = wait.machines() - wait.examples().size();
        return MachineRanges.of(wait.examples()) + (more > 0 ? " and " + more + " more" : "");
    }

    private static String said(Prospect wait, Moments moments) {
        String since = moments.since(wait.since());
        String until = moments.until(wait.until());
        return sentence(moments.readable(wait.reason())) + " (rule " + rule(wait.rule(), wait.by(), moments) + ")"
                + (since == null ? "" : ", since " + since)
                + (until == null ? "" : ", until " + until);
    }

    /** To be gone on with. */
    static String sentence(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String rule(String rule, @Nullable Authority by, Moments moments) {
        return rule + (by == null ? "" : ", by " + moments.readable(by.words()));
    }

    /** Where one machine stands. */
    Text of(MachineProgress machine) {
        Prospect then = machine.then();
        return new Entry(machine.machine() + " (" + place(machine.rollout())
                        + (machine.faultDomain().isEmpty() ? "" : ", " + machine.faultDomain()) + ") is "
                        + machine.phase().name().toLowerCase(Locale.ROOT) + " in " + deployment.id() + " of "
                        + deployment.service() + " " + deployment.version() + ", "
                        + Running.of(machine) + ", " + Quantities.count(machine.attempts(), "order") + " given.")
                .with("Why", moments.readable(machine.reason()))
                .with("Rule", rule(machine.rule(), machine.by(), moments))
                .with("Since", moments.since(machine.since()))
                .with("Until", moments.until(machine.until()))
                .with("Unblock", moments.readable(machine.unblock()))
                .with("Then", then == null ? null : "it" + then(then, moments));
    }

    /** The environment and machine function of a rollout. */
    static String place(String rollout) {
        String[] names = rollout.split("~", 3);
        return names.length < 3 ? rollout : names[1] + "/" + names[2];
    }
}

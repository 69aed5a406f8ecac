package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rollouts of a deployment that are halted or ended for the same reason.
 *
 * @param all true where no other rollout of it is left that is not done
 */
record Stop(DeploymentState state, @Nullable String reason, List<RolloutProgress> rollouts, boolean all) {
    private static final int NAMED = 10;
    private static final Set<String> STOPPED = Set.of("halted", "aborted");
    private static final Set<String> TURN = Set.of("fault-domain", "canary", "max-unavailable");

    static List<Stop> of(DeploymentProgress deployment) {
        record Key(DeploymentState state, @Nullable String reason) {}
        Map<Key, List<RolloutProgress>> stops = new LinkedHashMap<>();
        List<RolloutProgress> open = deployment.rollouts().stream()
                .filter(rollout -> ExplainCommand.open(rollout.state()))
                .toList();
        open.stream()
                .filter(rollout -> rollout.state() != DeploymentState.ROLLING_OUT)
                .forEach(rollout -> stops.computeIfAbsent(
                                new Key(rollout.state(), rollout.reason()), any -> new ArrayList<>())
                        .add(rollout));
        return stops.entrySet().stream()
                .map(stop -> new Stop(
                        stop.getKey().state(),
                        stop.getKey().reason(),
                        stop.getValue(),
                        stop.getValue().size() == deployment.rollouts().size()))
                .toList();
    }

    /** Whether a machine waits for nothing but the end of a stop. */
    static boolean holds(MachineProgress machine) {
        return STOPPED.contains(machine.rule());
    }

    /**
     * @param explained rollouts of the deployment, as far as they were asked for
     * @param machines those of the deployment that do not run its version
     */
    Text entry(List<RolloutExplanation> explained, List<MachineProgress> machines, Moments moments) {
        Set<String> ids = rollouts.stream().map(RolloutProgress::id).collect(Collectors.toSet());
        RolloutExplanation one = explained.stream()
                .filter(rollout -> ids.contains(rollout.rollout()))
                .findFirst()
                .orElse(null);
        List<MachineProgress> held = machines.stream()
                .filter(machine -> holds(machine) && ids.contains(machine.rollout()))
                .toList();
        Entry entry = new Entry(state.words(reason).toUpperCase(Locale.ROOT), width -> where())
                .with("Why", reason == null ? null : moments.readable(reason))
                .with("By", one == null ? null : itself(one.by()))
                .with("Since", one == null ? null : moments.since(one.since()))
                .with("Unblock", one == null ? null : moments.readable(one.unblock()));
        boolean halted = state == DeploymentState.HALTED;
        if (!held.isEmpty()) {
            entry.with(
                    halted ? "Holds" : "Leaves",
                    Entry.machines(
                            Quantities.count(held.size(), "machine") + ": ",
                            held.stream().map(MachineProgress::machine).toList(),
                            ""));
        }
        if (!halted) {
            return entry; // it can't go on
        }
        then(held)
                .forEach(same -> entry.with(
                        "Then",
                        Entry.machines(
                                "",
                                same.stream().map(MachineProgress::machine).toList(),
                                Explanation.then(
                                        Objects.requireNonNull(same.getFirst().then()), moments))));
        return entry;
    }

    private String where() {
        String names = rollouts.stream()
                .limit(NAMED)
                .map(rollout -> Explanation.place(rollout.id()))
                .collect(Collectors.joining(", "));
        int more = rollouts.size() - NAMED;
        return (all && rollouts.size() > 1 ? "all groups: " : "") + names + (more > 0 ? " and " + more + " more" : "");
    }

    /** The reason names a person already. */
    private static @Nullable String itself(@Nullable Authority by) {
        return by != null && by.kind() == Authority.Kind.ROLLOUT ? "the deployment itself" : null;
    }

    /** What would hold machines though the stop were over, those left out that would only wait for their turn. */
    private static Collection<List<MachineProgress>> then(List<MachineProgress> held) {
        record Key(
                MachinePhase phase, String rule, @Nullable String by) {}
        Map<Key, List<MachineProgress>> thens = new LinkedHashMap<>();
        for (MachineProgress machine : held) {
            Prospect then = machine.then();
            if (then != null && !turn(then.rule(), then.by())) {
                Authority by = then.by();
                thens.computeIfAbsent(
                                new Key(then.phase(), then.rule(), by == null ? null : by.words()),
                                any -> new ArrayList<>())
                        .add(machine);
            }
        }
        return thens.values();
    }

    /** Whether that is only the rollout's own order. */
    static boolean turn(String rule, @Nullable Authority by) {
        return TURN.contains(rule)
                && (by == null || by.kind() == Authority.Kind.ROLLOUT || by.kind() == Authority.Kind.OPTION);
    }
}

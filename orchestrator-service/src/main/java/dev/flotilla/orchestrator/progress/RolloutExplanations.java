package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a decision into words for people: one reason for all machines that it holds, and what would end it. */
final class RolloutExplanations {
    private static final int EXAMPLES = 10;

    private record Key(MachinePhase phase, String rule) {}

    private RolloutExplanations() {}

    static RolloutExplanation of(Rollout rollout, RolloutView view, Decision decision) {
        Map<Key, List<String>> machines = new LinkedHashMap<>();
        decision.standings().forEach((machine, standing) -> {
            if (standing.phase() != MachinePhase.RUNNING || standing.until() != null) {
                machines.computeIfAbsent(new Key(standing.phase(), standing.rule()), key -> new ArrayList<>())
                        .add(machine);
            }
        });
        List<RolloutExplanation.Wait> waits = machines.entrySet().stream()
                .map(entry -> wait(entry.getKey(), entry.getValue(), decision))
                .sorted(Comparator.comparingInt(RolloutExplanation.Wait::machines)
                        .reversed())
                .toList();
        return new RolloutExplanation(
                rollout.id(), decision.state(), summary(decision), changing(view, decision), decision.counts(), waits);
    }

    private static RolloutExplanation.Wait wait(Key key, List<String> machines, Decision decision) {
        MachineStanding first = Objects.requireNonNull(decision.standings().get(machines.getFirst()));
        Instant until = machines.stream()
                .map(machine -> Objects.requireNonNull(decision.standings().get(machine))
                        .until())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        return new RolloutExplanation.Wait(
                key.phase(),
                key.rule(),
                first.reason(),
                until,
                Unblocking.of(key.rule()),
                machines.size(),
                machines.stream().limit(EXAMPLES).toList());
    }

    private static String summary(Decision decision) {
        int all = decision.counts().total();
        String done = decision.counts().running() + " of " + all + " run the version";
        String reason = decision.reason();
        return reason == null || decision.state() == DeploymentState.COMPLETE ? done : done + "; " + reason;
    }

    /** The fault domain of the first machine that is being changed. */
    private static @Nullable String changing(RolloutView view, Decision decision) {
        return view.machines().stream()
                .filter(machine -> {
                    MachinePhase phase = Objects.requireNonNull(
                                    decision.standings().get(machine.name()))
                            .phase();
                    return phase == MachinePhase.FETCHING || phase == MachinePhase.SWITCHING;
                })
                .map(MachineView::faultDomain)
                .findFirst()
                .orElse(null);
    }
}

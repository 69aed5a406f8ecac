package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a decision into words for people. */
final class RolloutExplanations {
    private RolloutExplanations() {}

    static RolloutExplanation of(Rollout rollout, RolloutView view, Decision decision) {
        Map<String, MachineStanding> waiting = new LinkedHashMap<>(decision.standings());
        waiting.values().removeIf(standing -> standing.phase() == MachinePhase.RUNNING && standing.until() == null);
        return new RolloutExplanation(
                rollout.id(),
                decision.state(),
                summary(decision),
                changing(view, decision),
                decision.counts(),
                Waits.of(waiting));
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

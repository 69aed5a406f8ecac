package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a decision into words for people. */
record RolloutExplanations(Rollout rollout, RolloutView view, Decision decision, Known known) {

    /**
     * The whole of it.
     *
     * @param then what would hold it if it went on, where it is stopped
     */
    RolloutExplanation explanation(List<Wait> then) {
        Explainer explainer = new Explainer(rollout, view, known, decision);
        Map<String, MachineView> machines =
                view.machines().stream().collect(Collectors.toMap(MachineView::name, Function.identity()));
        Map<String, MachineStanding> waiting = new LinkedHashMap<>(decision.standings());
        waiting.values().removeIf(standing -> standing.phase() == MachinePhase.RUNNING && standing.until() == null);
        waiting.replaceAll(
                (machine, standing) -> explainer.explained(Objects.requireNonNull(machines.get(machine)), standing));
        Waits waits = new Waits(
                waiting, (machine, standing) -> explainer.of(Objects.requireNonNull(machines.get(machine)), standing));
        Wait foremost = waits.foremost();
        return new RolloutExplanation(
                rollout.id(),
                decision.state(),
                summary(),
                since(),
                by(explainer.authorities()),
                known.leftBehind() == null
                        ? Unblocking.of(
                                decision.state(), foremost == null ? null : foremost.unblock(), explainer.recourse())
                        : "nothing: it is rolled back, but " + known.leftBehind(),
                changing(),
                decision.counts(),
                foremost,
                waits.all(),
                then);
    }

    private String summary() {
        int all = decision.counts().total();
        String done = decision.counts().running() + " of " + all
                + (decision.counts().running() == 1 ? " runs the version" : " run the version");
        String reason = decision.reason();
        return reason == null || decision.state() == DeploymentState.COMPLETE ? done : done + "; " + reason;
    }

    /** What the decision brings about just now has no past. */
    private @Nullable Instant since() {
        if (decision.state() != rollout.state()) {
            return null;
        }
        return switch (decision.state()) {
            case ROLLING_OUT -> Objects.requireNonNullElse(known.resumedAt(), rollout.startedAt());
            case COMPLETE -> rollout.completedAt();
            case HALTED, ABORTED -> {
                HistoryEntry cause = known.cause(rollout.reason());
                yield cause == null ? null : cause.at();
            }
            case SUPERSEDED -> view.replaced() == null ? null : known.newer().get(view.replaced());
        };
    }

    private @Nullable Authority by(Authorities authorities) {
        return switch (decision.state()) {
            case HALTED, ABORTED -> authorities.cause();
            case ROLLING_OUT, COMPLETE, SUPERSEDED -> null;
        };
    }

    /** The fault domain of the first machine that is being changed. */
    private @Nullable String changing() {
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

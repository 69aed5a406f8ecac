package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The machine that stands for all that others wait for, where policies alone hold these. */
record Cause(MachineView machine, MachineStanding standing) {

    /** Null where one of the fault domain that comes first waits for something else, or is being changed. */
    static @Nullable Cause of(RolloutView view, Decision decision) {
        String open = decision.open();
        List<Cause> waiting = view.machines().stream()
                .filter(machine -> machine.faultDomain().equals(open))
                .map(machine -> new Cause(
                        machine, Objects.requireNonNull(decision.standings().get(machine.name()))))
                .filter(machine -> machine.isAwaited())
                .toList();
        return waiting.isEmpty()
                        || waiting.stream()
                                .anyMatch(machine -> machine.standing().origin() != Origin.POLICY)
                ? null
                : waiting.getFirst();
    }

    /** True where one of the fault domain that comes first is proving itself. */
    static boolean proving(RolloutView view, Decision decision) {
        return view.machines().stream()
                .filter(machine -> machine.faultDomain().equals(decision.open()))
                .map(machine -> Objects.requireNonNull(decision.standings().get(machine.name())))
                .anyMatch(standing -> standing.rule().equals(Rule.PROVING.id()));
    }

    private boolean isAwaited() {
        MachinePhase phase = standing.phase();
        return switch (phase) {
            case WAITING, FETCHING, SWITCHING -> true;
            case RUNNING -> standing.until() != null;
            case FAILED, EXCUSED, SUPERSEDED -> false;
        };
    }
}

package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import java.util.List;

/** The states that a rollout passes through, and when. HALTED is entered by a halt and left by a resume. */
final class RolloutStates {
    private RolloutStates() {}

    static DeploymentState next(RolloutView view, List<Assessment> machines, Counts counts) {
        if (view.state() == DeploymentState.ABORTED) {
            return DeploymentState.ABORTED;
        }
        if (view.replaced() != null) {
            return DeploymentState.SUPERSEDED;
        }
        return switch (view.state()) {
            case ABORTED -> DeploymentState.ABORTED;
            case COMPLETE -> DeploymentState.COMPLETE;
            case HALTED -> DeploymentState.HALTED;
            case ROLLING_OUT, SUPERSEDED ->
                complete(view, machines, counts) ? DeploymentState.COMPLETE : DeploymentState.ROLLING_OUT;
        };
    }

    private static boolean complete(RolloutView view, List<Assessment> machines, Counts counts) {
        boolean allSeen = view.obstacles().stream().allMatch(obstacle -> obstacle.rule() == Rule.POLICY);
        boolean nothingOpen = machines.stream()
                .noneMatch(machine -> machine.inFlight() || machine.effective() && Waves.slot(view, machine));
        return allSeen && nothingOpen && counts.waiting() + counts.fetching() + counts.switching() == 0;
    }
}

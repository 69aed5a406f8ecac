package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a view.
 *
 * @param standings each machine of the rollout, in the order in which they are changed
 * @param state the state of the rollout from now on
 * @param reason why it is halted, or why nothing can be ordered now; null otherwise
 * @param over true when the rollout will never have anything to do again
 * @param nextLook when something will be due even if nothing is heard; null where nothing will
 */
public record Decision(
        List<Action> actions,
        SequencedMap<String, MachineStanding> standings,
        Counts counts,
        DeploymentState state,
        @Nullable String reason,
        boolean over,
        @Nullable Instant nextLook) {

    /** The orders among the actions. */
    public List<Action.Send> orders() {
        return actions.stream()
                .filter(Action.Send.class::isInstance)
                .map(Action.Send.class::cast)
                .toList();
    }
}

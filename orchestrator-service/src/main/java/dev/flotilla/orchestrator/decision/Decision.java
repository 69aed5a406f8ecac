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
 * @param wishes the machines that device-manager must be asked about before more can be decided, each once; empty when it has been asked about all
 * @param progressed true when a machine became healthy, or the first of a wave is being changed
 * @param over true when the rollout will never have anything to do again
 * @param nextLook when something will be due even if nothing is heard; null where nothing will
 * @param open the fault domain that the others wait for; null where none does
 */
public record Decision(
        List<Action> actions,
        SequencedMap<String, MachineStanding> standings,
        Counts counts,
        DeploymentState state,
        @Nullable String reason,
        List<Wish> wishes,
        boolean progressed,
        boolean over,
        @Nullable Instant nextLook,
        @Nullable String open) {

    /** The same with other counts. */
    public Decision counting(Counts counts) {
        return new Decision(actions, standings, counts, state, reason, wishes, progressed, over, nextLook, open);
    }

    /** The repairs that are over, among the actions. */
    public List<Action.Close> closed() {
        return actions.stream()
                .filter(Action.Close.class::isInstance)
                .map(Action.Close.class::cast)
                .toList();
    }

    /** The orders among the actions. */
    public List<Action.Send> orders() {
        return actions.stream()
                .filter(Action.Send.class::isInstance)
                .map(Action.Send.class::cast)
                .toList();
    }
}

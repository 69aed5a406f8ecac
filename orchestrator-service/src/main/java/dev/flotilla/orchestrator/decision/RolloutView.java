package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a rollout's decision depends on, at one moment.
 *
 * @param rollout its id
 * @param group the environment and machine function, in words
 * @param state where the rollout stands
 * @param reason why it is halted; null otherwise
 * @param replaced the newer deployment that has taken over all machines that it has or will ever have; null where none has
 * @param machines all its machines
 * @param permits the policy engine's answers; for the machines that {@link RolloutDecider#candidates} names
 * @param obstacles what could not be observed
 * @param registrySince since when the registry has been followed without a break; null while it is not
 */
public record RolloutView(
        String rollout,
        String group,
        Goal goal,
        DeploymentState state,
        @Nullable String reason,
        @Nullable String replaced,
        Limits limits,
        Pace pace,
        List<MachineView> machines,
        Elsewhere elsewhere,
        Map<String, Permit> permits,
        List<Obstacle> obstacles,
        @Nullable Instant registrySince) {

    public RolloutView {
        machines = List.copyOf(machines);
        permits = Map.copyOf(permits);
        obstacles = List.copyOf(obstacles);
    }

    /** The same view with the policy engine's answers in it. */
    public RolloutView withPermits(Map<String, Permit> answers) {
        return new RolloutView(
                rollout,
                group,
                goal,
                state,
                reason,
                replaced,
                limits,
                pace,
                machines,
                elsewhere,
                answers,
                obstacles,
                registrySince);
    }

    /** The same view with one more thing that could not be observed. */
    public RolloutView withObstacle(Obstacle obstacle) {
        List<Obstacle> all = new ArrayList<>(obstacles);
        all.add(obstacle);
        return new RolloutView(
                rollout,
                group,
                goal,
                state,
                reason,
                replaced,
                limits,
                pace,
                machines,
                elsewhere,
                permits,
                all,
                registrySince);
    }
}

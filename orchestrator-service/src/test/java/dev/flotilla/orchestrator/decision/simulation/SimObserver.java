package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.Answers;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Goal;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the world into a view, as {@code RolloutObserver} does. */
final class SimObserver {
    private SimObserver() {}

    /** The answers of the policy engine. */
    static Map<String, Permit> permits(SimWorld world, List<String> machines) {
        Map<String, Permit> permits = new HashMap<>();
        machines.forEach(name -> permits.put(name, world.policies.permit(world.machine(name))));
        return permits;
    }

    /** What is known without asking. */
    static RolloutView observe(SimWorld world, SimProcess process, SimRollout rollout) {
        List<MachineView> views = new ArrayList<>();
        for (Map.Entry<String, @Nullable SimMachine> entry :
                world.machinesOf(rollout).entrySet()) {
            SimMachine machine = world.machine(entry.getKey());
            SimRollout newer = world.newer(rollout, machine);
            views.add(new MachineView(
                    machine.name,
                    entry.getValue() == null ? "" : machine.faultDomain,
                    newer == null ? null : newer.deployment,
                    gone(rollout, entry.getValue()),
                    process.sight(machine.service(rollout.service)),
                    rollout.orders.get(machine.name)));
        }
        List<Obstacle> obstacles = new ArrayList<>();
        if (world.chance(100)) {
            obstacles.add(new Obstacle(Rule.TOPOLOGY, "the topology can't be read"));
        }
        if (process.follows == null) {
            obstacles.add(new Obstacle(Rule.REGISTRY, "what runs where is not known now"));
        }
        return new RolloutView(
                rollout.id,
                "prod~" + rollout.group,
                new Goal(rollout.deployment, rollout.revision, rollout.service, rollout.version, "x", 1000),
                new Course(
                        rollout.state,
                        rollout.reason,
                        replacedBy(world, rollout),
                        rollout.progressedAt,
                        rollout.promotedAt),
                rollout.limits,
                SimWorld.PACE,
                views,
                Elsewhere.NOTHING,
                Answers.NONE,
                obstacles,
                process.follows == null ? null : process.clock(process.follows));
    }

    /** A newer deployment of the whole group, or newer ones that have all that this one names. */
    private static @Nullable String replacedBy(SimWorld world, SimRollout rollout) {
        SimRollout newest = null;
        for (SimRollout other : world.rollouts) {
            if (other.revision > rollout.revision
                    && other.group.equals(rollout.group)
                    && other.service.equals(rollout.service)) {
                if (other.named == null) {
                    return other.deployment;
                }
                newest = other;
            }
        }
        boolean all = rollout.named != null
                && newest != null
                && rollout.named.stream().allMatch(name -> world.newer(rollout, world.machine(name)) != null);
        return all && newest != null ? newest.deployment : null;
    }

    private static @Nullable String gone(SimRollout rollout, @Nullable SimMachine machine) {
        if (machine == null) {
            return "it is retired";
        }
        return machine.group.equals(rollout.group) ? null : "it has moved to " + machine.group;
    }

    static Elsewhere elsewhere(SimWorld world, SimRollout rollout) {
        int machines = 0;
        int failed = 0;
        for (SimRollout other : world.rollouts) {
            if (other != rollout && other.deployment.equals(rollout.deployment)) {
                machines += other.counts.total() - other.counts.superseded();
                int ordered = (int) other.orders.values().stream()
                        .filter(order ->
                                order.state() == OrderState.FAILED && order.failures() >= other.limits.maxAttempts())
                        .count();
                failed += Math.min(other.counts.failed(), ordered);
            }
        }
        return new Elsewhere(machines, failed);
    }
}

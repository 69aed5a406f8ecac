package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.simulation.SimRollout.SimDeployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What owners and operators do: declare deployments, and command those that are under way, as {@code Intake} and {@code Commands} carry it out. */
final class People {
    private People() {}

    static void declare(SimWorld world, long revision) {
        String version = "v" + revision;
        if (world.random.nextInt(4) == 0) {
            world.badVersions.add(version);
            world.coverage.saw(Coverage.Event.BAD_VERSION);
        }
        Limits limits = Limits.of(new RolloutOptions(
                List.of("1", "2", "20%", "50%", "100%").get(world.random.nextInt(5)),
                List.of("0", "1", "5%", "30%", "100%").get(world.random.nextInt(5)),
                1 + world.random.nextInt(3),
                List.of("0", "0", "1", "2", "20%").get(world.random.nextInt(5)),
                Duration.ofSeconds(world.random.nextInt(3) == 0 ? 0 : world.random.nextInt(8)),
                null,
                null,
                null));
        String service = "s" + (world.random.nextInt(4) == 0 ? 2 : 1);
        boolean whole = world.random.nextInt(3) > 0;
        Map<String, List<String>> byGroup = new LinkedHashMap<>();
        world.machines.values().stream()
                .filter(machine -> !machine.retired && (whole || world.random.nextBoolean()))
                .forEach(machine -> byGroup.computeIfAbsent(machine.group, g -> new ArrayList<>())
                        .add(machine.name));
        SimDeployment deployment = new SimDeployment("d" + revision, revision, service, version, limits);
        byGroup.forEach((group, names) -> {
            for (SimRollout older : world.rollouts) {
                if (older.group.equals(group)
                        && older.service.equals(service)
                        && older.state != DeploymentState.SUPERSEDED) {
                    if (older.state == DeploymentState.ROLLING_OUT) {
                        world.coverage.saw(Coverage.Event.SUPERSEDED_IN_MID_WAY);
                    }
                    older.epoch = world.nextEpoch();
                    older.wake(world.now);
                }
            }
            SimRollout rollout = new SimRollout(deployment, group, whole ? null : names, world.now);
            rollout.epoch = world.nextEpoch();
            if (world.rollouts.stream().anyMatch(other -> !other.service.equals(service))) {
                world.coverage.saw(Coverage.Event.TWO_SERVICES);
            }
            world.rollouts.add(rollout);
        });
    }

    /** One of them gives a command to one of the deployments. */
    static void command(SimWorld world) {
        if (world.rollouts.isEmpty()) {
            return;
        }
        SimRollout one = world.rollouts.get(world.random.nextInt(world.rollouts.size()));
        switch (world.random.nextInt(6)) {
            case 0, 1 ->
                each(
                        world,
                        one,
                        People::mayPause,
                        Coverage.Event.PAUSED,
                        rollout -> pause(world, rollout, "paused", true));
            case 2 -> resume(world, one);
            case 3 ->
                each(
                        world,
                        one,
                        rollout -> rollout.state == DeploymentState.ROLLING_OUT,
                        Coverage.Event.PROMOTED,
                        rollout -> {
                            rollout.promotedAt = world.now;
                            rollout.epoch = world.nextEpoch();
                        });
            case 4 -> retry(world, one);
            default -> {
                if (world.random.nextInt(3) == 0) {
                    each(
                            world,
                            one,
                            rollout -> mayPause(rollout) || rollout.halted(),
                            Coverage.Event.ABORTED,
                            rollout -> {
                                rollout.state = DeploymentState.ABORTED;
                                rollout.reason = "aborted";
                                rollout.abortedAt = world.now;
                                rollout.epoch = world.nextEpoch();
                            });
                }
            }
        }
    }

    static void resume(SimWorld world, SimRollout one) {
        each(world, one, SimRollout::halted, Coverage.Event.RESUMED, rollout -> {
            rollout.state = DeploymentState.ROLLING_OUT;
            rollout.reason = null;
            rollout.progressedAt = world.now;
            rollout.haltedAt = null;
            rollout.epoch = world.nextEpoch();
            forgetFailures(world, rollout);
        });
    }

    private static void retry(SimWorld world, SimRollout one) {
        each(
                world,
                one,
                rollout -> mayPause(rollout)
                        && rollout.orders.values().stream().anyMatch(order -> order.state() == OrderState.FAILED),
                Coverage.Event.RETRIED,
                rollout -> {
                    rollout.progressedAt = world.now;
                    rollout.epoch = world.nextEpoch();
                    forgetFailures(world, rollout);
                });
    }

    private static void forgetFailures(SimWorld world, SimRollout rollout) {
        rollout.orders.replaceAll((machine, order) ->
                order.state() == OrderState.FAILED ? order.with(order.state(), 0, world.now, order.problem()) : order);
    }

    private static void each(
            SimWorld world,
            SimRollout one,
            Predicate<SimRollout> applies,
            Coverage.Event event,
            Consumer<SimRollout> command) {
        for (SimRollout rollout : world.rollouts) {
            if (rollout.deployment.equals(one.deployment) && applies.test(rollout)) {
                world.coverage.saw(event);
                command.accept(rollout);
                rollout.over = false;
                rollout.wake(world.now);
            }
        }
    }

    /**
     * Broken machines that use up the whole limit of their group are seen to by whoever runs them, and so is what broke down and no deployment is about
     * to mend.
     */
    static void mendByHand(SimWorld world) {
        world.machines
                .values()
                .forEach(machine -> machine.services.values().stream()
                        .filter(service -> !aboutToBeMended(world, machine, service))
                        .forEach(SimService::mendByHand));
        Set<String> stuck = world.machines.values().stream()
                .map(machine -> machine.group)
                .filter(group -> world.repairs.brokenIn(group) >= world.repairs.limit(group))
                .collect(Collectors.toSet());
        world.machines.values().stream()
                .filter(machine -> stuck.contains(machine.group))
                .forEach(machine -> world.repairs.mended(machine.name));
    }

    /** True where the newest deployment of the service is to bring another version to the machine, which runs. */
    private static boolean aboutToBeMended(SimWorld world, SimMachine machine, SimService service) {
        return world.policies.effect(machine) == Effect.ALLOW
                && world.rollouts.stream()
                        .filter(rollout -> rollout.service.equals(service.name)
                                && rollout.group.equals(machine.group)
                                && rollout.covers(machine))
                        .max(Comparator.comparingLong(rollout -> rollout.revision))
                        .filter(rollout -> rollout.abortedAt == null && !world.badVersions.contains(rollout.version))
                        .filter(rollout -> !rollout.version.equals(service.version()))
                        .filter(rollout -> !failed(rollout, machine))
                        .isPresent();
    }

    private static boolean failed(SimRollout rollout, SimMachine machine) {
        OrderRecord order = rollout.orders.get(machine.name);
        return order != null && order.state() == OrderState.FAILED;
    }

    static boolean mayPause(SimRollout rollout) {
        return rollout.state == DeploymentState.ROLLING_OUT || rollout.state == DeploymentState.COMPLETE;
    }

    static void pauseOne(SimWorld world, SimRollout rollout, String reason) {
        if (mayPause(rollout)) {
            pause(world, rollout, reason, true);
        }
    }

    static void pause(SimWorld world, SimRollout rollout, String reason, boolean newEpoch) {
        rollout.state = DeploymentState.HALTED;
        rollout.reason = reason;
        rollout.haltedAt = world.now;
        if (newEpoch) {
            rollout.epoch = world.nextEpoch();
            rollout.wake(world.now);
        }
    }
}

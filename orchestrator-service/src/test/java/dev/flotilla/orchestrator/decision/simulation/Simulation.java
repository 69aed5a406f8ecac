package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One seeded world: a fleet in two groups, deployments that follow each other, two orchestrators that are killed, paused and cut off, agents that
 * fail and are lost, policies, tenants and repairs that get in the way. A second passes with each step. When it is over with the faults, all must
 * come to where it should be.
 */
final class Simulation {
    /** How long faults go on. */
    private static final int FAULTS = 180;
    /** How long nothing may happen at all while something is unfinished. */
    private static final int STUCK = (int) SimWorld.LEASE.toSeconds() + 60;

    private static final int LONGEST = 2500;
    private static final int MISSED_HEARTBEATS = 8;

    private final SimWorld world;
    private final Disturbances disturbances;
    private long revisions;
    private int quietSince;
    private long fingerprint;

    Simulation(long seed, Brain brain, Set<Safeguard> safeguards) {
        this.world = new SimWorld(seed, brain, safeguards);
        this.disturbances = new Disturbances(world);
        int groups = 1 + world.random.nextInt(2);
        for (int g = 0; g < groups; g++) {
            fleet("g" + g);
        }
        world.processes.add(new SimProcess("om1", world.now));
        world.processes.add(new SimProcess("om2", world.now));
        world.machines.values().forEach(machine -> {
            machine.service("s1").report(world.now);
            machine.service("s2").report(world.now);
        });
        declare();
    }

    private void fleet(String group) {
        int domains = 1 + world.random.nextInt(4);
        int size = 2 + world.random.nextInt(9);
        boolean tenants = world.random.nextInt(3) == 0;
        for (String tenant : List.of("acme", "blue")) {
            world.tenants.add(tenant, SimTenants.Manner.values()[world.random.nextInt(3)]);
        }
        for (int i = 1; i <= size; i++) {
            String tenant =
                    tenants && world.random.nextInt(3) > 0 ? world.random.nextBoolean() ? "acme" : "blue" : null;
            String name = group + "m" + i;
            world.machines.put(name, new SimMachine(name, group, "fd" + i % domains, tenant, world.now));
        }
        world.repairs.limit("g0", 1 + world.random.nextInt(6));
        world.repairs.limit("g1", 1 + world.random.nextInt(6));
    }

    /** Nothing matters but this. */
    Simulation only(Breach.Promise promise) {
        world.only = promise;
        return this;
    }

    Coverage coverage() {
        return world.coverage;
    }

    /** Lives through faults, then through quiet until all is where it should be; a {@link Breach} if not. */
    void run() {
        for (int step = 0; step < FAULTS; step++) {
            if (revisions < 5 && world.random.nextInt(60) == 0) {
                declare();
            }
            if (world.random.nextInt(60) == 0) {
                People.command(world);
            }
            step();
        }
        world.faults = false;
        disturbances.end();
        quietSince = 0;
        String unfinished = null;
        for (int step = 0; step < LONGEST; step++) {
            if (step % 30 == 0) {
                world.rollouts.stream()
                        .filter(rollout -> rollout.halted() && !world.badVersions.contains(rollout.version))
                        .forEach(rollout -> People.resume(world, rollout));
                People.mendByHand(world);
            }
            step();
            if (step > 60 && step % 10 == 0) {
                world.rollouts.forEach(world.checks::waitsForItself);
            }
            unfinished = step % 5 == 0 ? unfinished() : unfinished;
            if (unfinished == null && step % 5 == 0) {
                world.coverage.saw(Coverage.Event.COMPLETED);
                return;
            }
            if (++quietSince > STUCK) {
                throw new Breach(Breach.Promise.CONVERGENCE, "stuck: " + unfinished);
            }
        }
        throw new Breach(Breach.Promise.CONVERGENCE, "still unfinished: " + unfinished);
    }

    private void declare() {
        People.declare(world, ++revisions);
    }

    private void step() {
        world.now = world.now.plusSeconds(1);
        disturbances.step();
        world.network.deliver();
        boolean lapsing = world.safeguards.contains(Safeguard.LAPSING_ORDERS);
        for (SimMachine machine : world.machines.values()) {
            live(machine, lapsing);
        }
        world.checks.always();
        if (world.tenants.answer(world.now, world.faults)) {
            quietSince = 0;
        }
        world.processes.forEach(this::live);
        for (int i = 0; i < world.rollouts.size(); i++) {
            look(world.rollouts.get(i));
        }
        watch();
    }

    private void live(SimMachine machine, boolean lapsing) {
        boolean reachable = machine.up && !machine.rebooting && !machine.retired;
        boolean heard = reachable && !world.chance(5);
        if (reachable || machine.retired) {
            for (SimService service : machine.services.values()) {
                if (!machine.repaved && service.step(world.now, lapsing)) {
                    world.checks.switches(service);
                }
            }
        }
        if (heard) {
            machine.lastReport = world.now;
            world.repairs.learn(machine.name, false);
            for (SimService service : machine.services.values()) {
                if (service.report(world.now)) {
                    world.tell("%s %s", machine.name, String.valueOf(service.sight()));
                    world.repairs.learn(service.reported());
                    world.changed(machine, service.name);
                    quietSince = 0;
                }
            }
        } else if (machine.lastReport.plusSeconds(5).isBefore(world.now) && !machine.retired) {
            boolean changing = machine.changing();
            for (SimService service : machine.services.values()) {
                service.stayLost(world.now);
                if (service.lose()) {
                    world.tell("%s is lost", machine.name);
                    world.coverage.saw(
                            changing ? Coverage.Event.MACHINE_LOST_WHILE_CHANGED : Coverage.Event.MACHINE_LOST);
                    world.changed(machine, service.name);
                }
            }
            if (machine.lastReport.plusSeconds(6).isBefore(world.now)) {
                world.repairs.learn(machine.name, true);
            }
        }
    }

    private void live(SimProcess process) {
        if (!process.alive && !world.now.isBefore(process.backAt)) {
            process.alive = true;
        }
        if (!process.runs(world.now)) {
            return;
        }
        if (process.follows == null) {
            if (world.random.nextInt(3) == 0) {
                process.follow(world.now);
                world.rollouts.forEach(rollout -> rollout.wake(world.now));
            }
        } else if (world.chance(120)) {
            world.coverage.saw(Coverage.Event.REGISTRY_AWAY);
            process.cutOff(world.machines.values());
        }
        for (Look look : List.copyOf(process.looks)) {
            if (process.looks.contains(look)) {
                if (look.rollout.look != look) {
                    Crashes.woke(look);
                }
                go(look);
            }
        }
    }

    /** A look begins, or one that nobody answers for is taken over. */
    private void look(SimRollout rollout) {
        Look current = rollout.look;
        if (current != null) {
            SimProcess by = current.process;
            boolean gone = !by.looks.contains(current);
            if ((gone || !by.runs(world.now))
                    && by.stoppedAt.plusSeconds(MISSED_HEARTBEATS).isBefore(world.now)) {
                rollout.look = null;
                rollout.lookAt = world.now;
            }
        }
        if (rollout.look != null || rollout.over || world.now.isBefore(rollout.lookAt)) {
            return;
        }
        SimProcess process = world.processes.get(world.random.nextInt(world.processes.size()));
        if (process.runs(world.now)) {
            Optional<Instant> calm = process.calm(rollout, world.now);
            if (calm.isPresent()) {
                world.coverage.saw(Coverage.Event.RESTED);
                Instant latest = world.now.plus(SimWorld.STEADY);
                Instant due = calm.get().minus(process.skew);
                rollout.lookAt = due.isBefore(latest) ? due : latest;
                return;
            }
            Look look = new Look(world, process, rollout);
            rollout.look = look;
            process.looks.add(look);
            go(look);
        }
    }

    /** Calls follow each other until one takes its time, or its process is stopped. */
    private void go(Look look) {
        SimProcess process = look.process;
        while (process.runs(world.now) && process.looks.contains(look)) {
            long epoch = look.rollout.epoch;
            look.step();
            if (look.rollout.epoch != epoch) {
                quietSince = 0;
            }
            if (look.stage() == Look.Stage.OVER) {
                process.looks.remove(look);
            }
            if (world.chance(120)) {
                world.coverage.saw(Crashes.event(look));
                world.tell("%s dies in %s before %s", process.name, look.rollout.id, look.stage());
                process.kill(world.now, world.now.plusSeconds(2 + world.random.nextInt(15)));
            } else if (world.chance(90)) {
                world.tell("%s stands still in %s before %s", process.name, look.rollout.id, look.stage());
                process.pause(world.now, world.now.plusSeconds(1 + world.random.nextInt(40)));
            } else if (world.chance(20)) {
                return;
            }
        }
    }

    private void watch() {
        long seen = 0;
        for (SimRollout rollout : world.rollouts) {
            seen = seen * 31 + rollout.orders.hashCode();
        }
        if (seen != fingerprint) {
            fingerprint = seen;
            quietSince = 0;
        }
    }

    private @Nullable String unfinished() {
        for (SimRollout rollout : world.rollouts) {
            boolean bad = world.badVersions.contains(rollout.version);
            if (rollout.abortedAt != null || rollout.halted() && bad) {
                continue;
            }
            for (SimMachine machine : world.machines.values()) {
                if (!mustRun(rollout, machine)) {
                    continue;
                }
                SimService service = machine.service(rollout.service);
                if (bad
                        ? rollout.orders.get(machine.name) == null
                        : !service.healthy() || !rollout.version.equals(service.version())) {
                    return rollout.id + " has not reached " + machine.name + ": " + rollout.state + ' ' + rollout.reason
                            + ' ' + rollout.orders.get(machine.name) + " " + rollout.counts;
                }
            }
            if (!bad && rollout.state == DeploymentState.ROLLING_OUT) {
                return rollout.id + " does not know that it is complete: " + rollout.counts;
            }
        }
        return null;
    }

    private boolean mustRun(SimRollout rollout, SimMachine machine) {
        return rollout.covers(machine)
                && !machine.retired
                && machine.group.equals(rollout.group)
                && world.newer(rollout, machine) == null
                && world.policies.effect(machine) != Effect.DENY;
    }

    Instant now() {
        return world.now;
    }
}

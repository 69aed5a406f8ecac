package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.simulation.SimRepairs.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happens to machines that nobody of the orchestrator asked for. */
final class Disturbances {
    /** Somebody's work on a machine: asked for until it is granted, then done. */
    private static final class Work {
        final SimMachine machine;
        final Claim claim;
        Instant until;
        SimRepairs.@Nullable Repair repair;

        Work(SimMachine machine, Claim claim, Instant until) {
            this.machine = machine;
            this.claim = claim;
            this.until = until;
        }
    }

    private final SimWorld world;
    private final List<Work> works = new ArrayList<>();
    /** By how many seconds clocks may be wrong. */
    private final int clocksWrong;

    private final boolean topologyChanges;
    private final boolean breakdowns;
    private int holders;

    Disturbances(SimWorld world) {
        this.world = world;
        int clocks = world.random.nextInt(4);
        this.clocksWrong = clocks == 0 ? 20 : clocks == 1 ? 4 : 0;
        this.topologyChanges = world.random.nextInt(3) == 0;
        this.breakdowns = world.random.nextInt(4) == 0;
        world.slack = Duration.ofSeconds(2L * clocksWrong);
        world.clocksAstray = clocks == 0;
    }

    void step() {
        for (SimMachine machine : world.machines.values()) {
            if (!machine.retired) {
                disturb(machine);
            }
        }
        works.removeIf(this::ends);
        if (world.chance(60)) {
            String group = world.random.nextBoolean() ? "g0" : "g1";
            boolean midWay = world.rollouts.stream()
                    .anyMatch(rollout -> rollout.group.equals(group)
                            && rollout.counts.running() > 0
                            && rollout.counts.waiting() > 0);
            if (midWay) {
                world.coverage.saw(Coverage.Event.FROZEN_IN_MID_WAY);
            }
            world.policies.freeze(group, world.now);
        } else if (world.chance(25)) {
            world.policies.thaw(world.random.nextBoolean() ? "g0" : "g1");
        }
        if (clocksWrong > 0 && world.chance(40)) {
            SimProcess process = world.processes.get(world.random.nextInt(world.processes.size()));
            process.skew = wrong();
            world.coverage.saw(Coverage.Event.CLOCK_JUMPED);
        }
    }

    private Duration wrong() {
        return Duration.ofSeconds(world.random.nextInt(2 * clocksWrong + 1) - clocksWrong);
    }

    /** Faults are over. */
    void end() {
        world.policies.calmDown();
        world.tenants.appease();
        world.processes.forEach(process -> process.skew = Duration.ZERO);
        world.machines.values().forEach(machine -> {
            machine.skew = Duration.ZERO;
            machine.downFor = Math.min(machine.downFor, 20);
        });
    }

    private void disturb(SimMachine machine) {
        if (machine.up && world.chance(100)) {
            machine.up = false;
            machine.downFor = 1 + world.random.nextInt(world.random.nextInt(6) == 0 ? 150 : 15);
        } else if (!machine.up && machine.downFor-- <= 0) {
            machine.up = true;
        }
        for (SimService service : machine.services.values()) {
            if (world.chance(250)) {
                world.coverage.saw(Coverage.Event.DRIFTED);
                service.drift(world.random.nextBoolean() ? null : "v0");
            } else if (breakdowns && world.chance(100)) {
                world.coverage.saw(Coverage.Event.BROKE_DOWN);
                service.breakDown(world.now);
            } else if (world.chance(200)) {
                world.coverage.saw(Coverage.Event.MACHINE_CRASHED);
                service.crash(2 + world.random.nextInt(12), world.now);
            }
        }
        if (world.chance(250)) {
            work(machine);
        }
        if (world.chance(70)) {
            Effect effect = Effect.values()[world.random.nextInt(3)];
            if (effect == Effect.DENY) {
                world.coverage.saw(Coverage.Event.OPTED_OUT_IN_MID_WAY);
            }
            world.policies.say(machine.name, effect, world.now);
        }
        if (world.chance(150)) {
            world.policies.lift(machine.name, world.random.nextBoolean(), world.now);
        }
        if (clocksWrong > 0 && world.chance(200)) {
            world.coverage.saw(Coverage.Event.MACHINE_CLOCK_WRONG);
            machine.skew = wrong();
        }
        if (topologyChanges && world.chance(400)) {
            change(machine);
        }
    }

    private void work(SimMachine machine) {
        boolean repave = world.random.nextBoolean();
        boolean forced = world.random.nextBoolean();
        Duration lease = Duration.ofSeconds(40);
        RepairKind kind = repave ? RepairKind.REPAVE : RepairKind.REBOOT;
        works.add(new Work(
                machine, new Claim("hands" + ++holders, kind, forced, null, lease), world.now.plusSeconds(30)));
    }

    /** True where the work is over, or given up. */
    private boolean ends(Work work) {
        SimMachine machine = work.machine;
        SimRepairs.Repair repair = work.repair;
        if (machine.retired) {
            return true;
        }
        if (repair == null) {
            return !world.faults || world.now.isAfter(work.until) || asks(work);
        }
        if (world.now.isBefore(work.until)) {
            return false;
        }
        machine.repaved = false;
        machine.rebooting = false;
        if (world.chance(5)) {
            world.coverage.saw(Coverage.Event.LEASE_EXPIRED);
        } else if (Objects.equals(world.repairs.of(machine.name, world.now), repair)) {
            world.repairs.end(repair, Action.Outcome.DONE);
        }
        world.changed(machine, null);
        return true;
    }

    private boolean asks(Work work) {
        SimMachine machine = work.machine;
        world.limits.beforeClaim(List.of(machine.name));
        @Nullable Map<String, ClaimAnswer> answers = world.repairs.claim(work.claim, List.of(machine.name), world.now);
        SimRepairs.Repair repair = world.repairs.of(machine.name, world.now);
        if (answers == null || repair == null || !repair.claim.equals(work.claim)) {
            return false;
        }
        world.limits.claimed(answers);
        work.repair = repair;
        world.tell("%s is under %s", machine.name, work.claim);
        work.until = world.now.plusSeconds(1 + world.random.nextInt(25));
        if (work.claim.kind() == RepairKind.REPAVE) {
            world.coverage.saw(Coverage.Event.REPAVED);
            machine.repaved = true;
            machine.services.values().forEach(SimService::wipe);
        } else {
            world.coverage.saw(Coverage.Event.REBOOTED);
            machine.rebooting = true;
        }
        world.limits.disrupted(machine);
        return false;
    }

    private void change(SimMachine machine) {
        if (world.random.nextInt(3) == 0) {
            world.coverage.saw(Coverage.Event.RETIRED);
            world.repairs.retire(machine.name);
            world.tell("%s is retired", machine.name);
            machine.retire(world.now);
        } else if (world.repairs.of(machine.name, world.now) == null) {
            world.coverage.saw(Coverage.Event.MOVED);
            world.tell("%s moves from %s", machine.name, machine.group);
            machine.move(machine.group.equals("g0") ? "g1" : "g0", world.random.nextBoolean(), world.now);
        }
        world.rollouts.forEach(rollout -> rollout.wake(world.now));
    }
}

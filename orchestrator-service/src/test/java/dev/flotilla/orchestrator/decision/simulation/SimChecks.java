package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must never be seen on the machines themselves, whatever the books say. */
final class SimChecks {
    private final SimWorld world;
    private final Map<SimService, Long> newestEpoch = new HashMap<>();

    SimChecks(SimWorld world) {
        this.world = world;
    }

    /** A decision is about to be written. */
    void ordered(Look look, Decision decision) {
        for (Action.Send send : decision.orders()) {
            SimRollout rollout = look.rollout;
            SimMachine machine = world.machine(send.machine());
            Instant refused = world.policies.refusedSince(machine);
            if (refused != null && refused.isBefore(look.begun)) {
                world.broken(
                        Promise.POLICY,
                        machine.name + " is ordered, and is " + world.policies.effect(machine) + " since " + refused);
            }
            if (world.policies.overridden(machine) && !machine.faultDomain.equals(decision.open())) {
                world.coverage.saw(Coverage.Event.OVERRIDDEN_AHEAD);
            }
            if (rollout.haltedAt != null && rollout.haltedAt.isBefore(look.begun)) {
                world.broken(Promise.HALT, rollout.id + " orders " + machine.name + " after its halt");
            }
            if (rollout.abortedAt != null && rollout.abortedAt.isBefore(look.begun)) {
                world.broken(Promise.HALT, rollout.id + " orders " + machine.name + " after its end");
            }
            SimRollout newer = world.newer(rollout, machine);
            if (newer != null && newer.declaredAt.isBefore(look.begun)) {
                world.broken(
                        Promise.NEWEST_WINS, rollout.id + " orders " + machine.name + ", which " + newer.id + " has");
            }
            boolean elsewhere = machine.retired || !machine.group.equals(rollout.group);
            if (elsewhere && machine.since.isBefore(look.begun)) {
                world.broken(Promise.GONE, rollout.id + " orders " + machine.name + ", which is not there");
            }
        }
    }

    /** A machine begins to be changed. */
    void begins(SimService service, SimOrder order, @Nullable SimOrder before) {
        SimMachine machine = service.machine;
        SimRollout rollout = order.rollout();
        if (before != null && !order.elsewhere(before) && order.revision() < before.revision()) {
            world.broken(Promise.BACKWARDS, machine.name + " goes back from " + before + " to " + order);
        }
        Long newest = newestEpoch.put(service, order.epoch());
        if (newest != null && before != null && before.revision() == order.revision() && order.epoch() < newest) {
            world.broken(Promise.EPOCH, machine.name + " takes " + order + " after one of epoch " + newest);
        }
        if (order.overtaken()) {
            world.broken(Promise.EPOCH, machine.name + " takes " + order + ", whose sender had lost its rollout");
        }
        Instant halted = rollout.haltedAt;
        if (halted != null && order.sentAt().isAfter(halted)) {
            world.broken(Promise.HALT, machine.name + " begins " + order + ", halted at " + halted);
        }
        held(machine, order, "begins");
        if (machine.repaved || machine.rebooting) {
            world.broken(Promise.REPAIR, machine.name + " begins " + order + " under a repave or reboot");
        }
        if (!order.mending()) {
            if (!order.consented() && before(order, machine)) {
                world.broken(Promise.TENANT, machine.name + " begins " + order + ", and its tenant has not answered");
            }
            canary(service, order);
            inTurn(service, order);
        }
        world.limits.disrupted(machine);
    }

    /** True where the order is the first that the rollout gives the machine: what was begun may be finished. */
    private static boolean before(SimOrder order, SimMachine machine) {
        return order.attempt() == 1 && !machine.retired;
    }

    private void held(SimMachine machine, SimOrder order, String does) {
        SimRepairs.Repair repair = world.repairs.of(machine.name, world.now);
        if (repair == null || !repair.claim.holder().equals(order.rollout().id)) {
            // What was signed before a machine was moved, and arrives at it empty in its new place, nobody can call
            // back.
            if (machine.retired || world.outlived(order) || machine.since.isAfter(order.sentAt())) {
                return;
            }
            world.broken(
                    Promise.REPAIR,
                    machine.name + ' ' + does + ' ' + order + ", claimed by "
                            + (repair == null ? "nobody" : repair.claim.holder()));
        }
    }

    /** Where canaries are wanted, no more machines than that are begun before one ran the version. One that was lost may come back to its next attempt. */
    private void canary(SimService service, SimOrder order) {
        SimRollout rollout = order.rollout();
        int size = 0;
        int changing = 0;
        boolean proven = false;
        for (SimMachine other : world.machines.values()) {
            SimService there = other.service(rollout.service);
            if (!rollout.covers(other)) {
                // A canary may have gone since it ran the version.
                proven |= rollout.orders.containsKey(other.name) && there.everRan.contains(rollout.version);
                continue;
            }
            size++;
            proven |= there.everRan.contains(rollout.version);
            // One that moved in the moment of its order counts where it is now.
            boolean begun = other.up
                    && other.group.equals(rollout.group)
                    && there.mayBeDown(world.now)
                    && there.order().rollout() == rollout
                    && !there.order().mending();
            changing += begun && !other.retired && world.newer(rollout, other) == null ? 1 : 0;
        }
        int wanted = rollout.limits.canaryMachines().value() == 0
                ? 0
                : rollout.limits.canaryMachines().roundedUp(largest(rollout, size));
        if (wanted > 0 && order.attempt() == 1 && !proven && changing > wanted) {
            world.broken(
                    Promise.CANARY,
                    service.machine.name + ": " + changing + " machines change at once for " + rollout.id
                            + ", and no canary runs it");
        }
    }

    private void inTurn(SimService service, SimOrder order) {
        SimRollout rollout = order.rollout();
        Instant at = order.observedAt().plus(world.slack);
        if (service.machine.retired) {
            return;
        }
        for (SimMachine other : world.machines.values()) {
            if (other.retired
                    || other.faultDomain.equals(service.machine.faultDomain)
                    || !other.group.equals(service.machine.group)
                    || !rollout.covers(other)) {
                continue;
            }
            SimService there = other.service(rollout.service);
            if (there.unproven(rollout, at) && world.newer(rollout, other) == null && !promoted(rollout, other)) {
                world.broken(
                        Promise.MIN_HEALTHY_TIME,
                        service.machine.name + " of " + service.machine.faultDomain + " begins " + order + ", and "
                                + other.name + " of " + other.faultDomain + " has not proved itself");
            }
        }
    }

    private static boolean promoted(SimRollout rollout, SimMachine machine) {
        OrderRecord order = rollout.orders.get(machine.name);
        return rollout.promotedAt != null && order != null && !order.orderedAt().isAfter(rollout.promotedAt);
    }

    /** A machine begins to be disrupted. Whatever speaks against it stops it within the validity of an order, however long its bytes took. */
    void switches(SimService service) {
        SimMachine machine = service.machine;
        SimOrder order = service.order();
        SimRollout rollout = order.rollout();
        service.outlived = world.outlived(order);
        held(machine, order, "switches for");
        tooLate(Promise.HALT, service, rollout.haltedAt, "halted");
        tooLate(Promise.HALT, service, rollout.abortedAt, "aborted");
        tooLate(Promise.POLICY, service, world.policies.refusedSince(machine), "refused");
        SimRollout newer = world.newer(rollout, machine);
        if (newer != null) {
            tooLate(Promise.NEWEST_WINS, service, newer.declaredAt, "superseded");
        }
    }

    private void tooLate(Promise promise, SimService service, @Nullable Instant since, String what) {
        if (since != null && world.now.isAfter(since.plus(SimWorld.VALIDITY).plus(world.slack))) {
            world.broken(
                    promise, service.machine.name + " switches for " + service.order() + ", " + what + " at " + since);
        }
    }

    /** At any moment. */
    void always() {
        Map<String, String> domains = new HashMap<>();
        Map<SimRollout, Integer> changing = new HashMap<>();
        for (SimMachine machine : world.machines.values()) {
            if (machine.retired) {
                continue;
            }
            boolean elective = electivelyDown(machine);
            for (SimService service : machine.services.values()) {
                boolean here = service.mayBeDown(world.now)
                        && service.order().rollout().group.equals(machine.group);
                if (here && !world.clocksAstray) {
                    changing.merge(service.order().rollout(), 1, Integer::sum);
                }
                elective |= !world.clocksAstray
                        && service.switching()
                        && service.mayBeDown(world.now)
                        && !service.order().mending()
                        && machine.up;
            }
            String other = elective ? domains.putIfAbsent(machine.group, machine.faultDomain) : null;
            if (other != null && !other.equals(machine.faultDomain)) {
                world.broken(
                        Promise.FAULT_DOMAIN,
                        machine.group + " is changed in " + other + " and " + machine.faultDomain + " at once, by "
                                + machine.name);
            }
        }
        changing.forEach((rollout, count) -> {
            int most = most(rollout);
            if (count > most) {
                world.broken(
                        Promise.MAX_UNAVAILABLE, count + " machines change for " + rollout.id + ", allowed " + most);
            }
        });
    }

    private boolean electivelyDown(SimMachine machine) {
        if (!machine.rebooting && !machine.repaved) {
            return false;
        }
        SimRepairs.Repair repair = world.repairs.of(machine.name, world.now);
        return repair != null && !repair.claim.forced();
    }

    /** In quiet: nobody waits for long for what is its own and in no book. */
    void waitsForItself(SimRollout rollout) {
        Set<String> known = new HashSet<>();
        rollout.orders.values().forEach(order -> known.add(order.repair()));
        world.repairs.held(rollout.id, world.now).forEach((machine, repair) -> {
            SimRepairs.Repair held = world.repairs.of(machine, world.now);
            boolean old = held != null && held.since.plusSeconds(45).isBefore(world.now);
            boolean looksForIt = switch (rollout.state) {
                case ROLLING_OUT -> rollout.refused;
                case HALTED -> true;
                // What a process claimed that stood still while it ended, and died then, ends with its lease.
                case COMPLETE, SUPERSEDED, ABORTED -> false;
            };
            if (old && !known.contains(repair) && looksForIt) {
                world.broken(
                        Promise.CONVERGENCE,
                        rollout.id + " waits for " + repair + " of " + machine + ", which is its own");
            }
        });
    }

    private int most(SimRollout rollout) {
        int size = 0;
        for (SimMachine machine : world.machines.values()) {
            size += rollout.covers(machine) ? 1 : 0;
        }
        return rollout.limits.maxUnavailable().roundedUp(largest(rollout, size));
    }

    private static int largest(SimRollout rollout, int size) {
        rollout.size = Math.max(rollout.size, Math.max(1, size));
        return rollout.size;
    }

    /** After orders were written down: not more of them open than the owner allows, those left out that can change nothing any more. */
    void written(SimRollout rollout) {
        int open = 0;
        for (OrderRecord order : rollout.orders.values()) {
            SimMachine machine = world.machine(order.machine());
            boolean counts = order.state().open()
                    && !machine.retired
                    && machine.group.equals(rollout.group)
                    && world.newer(rollout, machine) == null
                    && !machine.service(rollout.service).hasFetchedFor(order.orderId())
                    && (order.state() != OrderState.SUSPENDED
                            || !world.now.isAfter(order.deadline().minus(world.slack)));
            open += counts ? 1 : 0;
        }
        if (open > most(rollout) && !world.clocksAstray) {
            world.broken(
                    Promise.MAX_UNAVAILABLE, rollout.id + " has " + open + " orders open, allowed " + most(rollout));
        }
    }
}

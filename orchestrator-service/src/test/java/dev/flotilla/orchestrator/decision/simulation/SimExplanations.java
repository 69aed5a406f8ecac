package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether what is said of machines is so. */
final class SimExplanations {
    private final SimWorld world;

    SimExplanations(SimWorld world) {
        this.world = world;
    }

    /** Of each machine that is not done it is said why to whoever asks now, and that is so. */
    void explained(Look look) {
        RolloutView view = look.view();
        Decision decision = world.brain.decide(
                view.withPermits(SimObserver.permits(world, RolloutDecider.candidates(view, look.at))), look.at);
        if (look.begun.equals(world.now) && view.obstacles().isEmpty()) {
            overridden(look, decision);
        }
        Set<String> machines = new HashSet<>();
        view.machines().forEach(machine -> machines.add(machine.name()));
        if (!decision.standings().keySet().equals(machines)) {
            world.broken(Promise.EXPLANATION, look.rollout.id + " does not say how all its machines are");
        }
        decision.standings().forEach((name, standing) -> {
            if (standing.reason().isBlank() || standing.rule().isBlank()) {
                world.broken(Promise.EXPLANATION, name + " has no explanation: " + standing);
            }
            SimMachine machine = world.machine(name);
            boolean now = look.begun.equals(world.now) && view.obstacles().isEmpty();
            if (!now) {
                return;
            }
            Effect effect = world.policies.effect(machine);
            boolean ofPolicy = Set.of("freeze", "deferral", "opt-out").contains(standing.rule());
            boolean wrong = ofPolicy && effect == Effect.ALLOW
                    || standing.rule().equals("halted")
                            && !look.rollout.halted()
                            && decision.orders().isEmpty()
                            && decision.actions().stream().noneMatch(Action.Halt.class::isInstance)
                    || standing.rule().equals("gone") && !machine.retired && machine.group.equals(look.rollout.group)
                    || standing.phase() == MachinePhase.RUNNING
                            && look.process.follows != null
                            && !runs(machine, look.rollout);
            if (wrong) {
                world.broken(Promise.EXPLANATION, name + " is explained wrongly: " + standing);
            }
        });
    }

    /** Before anything is begun: of those that an override lets through some need not wait for a fault domain whose machines are all deferred. */
    private void overridden(Look look, Decision decision) {
        List<String> behind = new ArrayList<>();
        List<String> let = new ArrayList<>();
        List<String> others = new ArrayList<>();
        decision.standings().forEach((name, standing) -> {
            SimMachine machine = world.machine(name);
            ClaimAnswer claim = look.view().claims().get(name);
            if (standing.phase() != MachinePhase.WAITING || claim != null && claim.passedBy()) {
                return;
            }
            if (world.policies.overridden(machine)) {
                (standing.origin() == Origin.ROLLOUT && standing.rule().equals("fault-domain") ? behind : let)
                        .add(name);
            } else if (machine.faultDomain.equals(decision.open()) && world.policies.effect(machine) != Effect.DEFER) {
                others.add(name);
            }
        });
        if (look.rollout.orders.isEmpty() && !behind.isEmpty() && let.isEmpty() && others.isEmpty()) {
            world.broken(
                    Promise.OVERRIDE,
                    behind + " are let through by an override and wait for " + decision.open() + ": "
                            + decision.standings());
        }
    }

    private static boolean runs(SimMachine machine, SimRollout rollout) {
        var sight = machine.service(rollout.service).sight();
        return sight != null
                && sight.running() != null
                && rollout.version.equals(sight.running().version());
    }
}

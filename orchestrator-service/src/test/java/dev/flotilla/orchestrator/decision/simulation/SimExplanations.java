package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import java.util.HashSet;
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

    private static boolean runs(SimMachine machine, SimRollout rollout) {
        var sight = machine.service(rollout.service).sight();
        return sight != null
                && sight.running() != null
                && rollout.version.equals(sight.running().version());
    }
}

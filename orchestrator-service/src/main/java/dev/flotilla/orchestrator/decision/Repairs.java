package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The repairs that a rollout holds: which it goes on holding, and which are over. */
final class Repairs {
    private final List<Wish> renewed = new ArrayList<>();
    private final List<Action.Close> closed = new ArrayList<>();
    private boolean goingOn;

    /** @param goesOn false where nothing may be ordered: then only what an agent is at is held, and what a halt found proving itself */
    Repairs(RolloutView view, List<Assessment> machines, Orders orders, boolean goesOn) {
        for (Assessment machine : machines) {
            String repair = machine.repair();
            boolean proving = machine.hold() == Assessment.Hold.PROOF && view.state() == DeploymentState.HALTED;
            boolean held = machine.inFlight()
                    || comingUp(machine)
                    || machine.effective() && (proving || goesOn && orders.places(machine));
            if (repair != null && held) {
                goingOn = true;
                if (!view.claims().containsKey(machine.name())) {
                    renewed.add(new Wish(machine.name(), machine.mending()));
                }
            } else if (repair != null) {
                closed.add(new Action.Close(
                        machine.name(),
                        repair,
                        outcome(machine),
                        machine.standing().reason()));
            } else if (recovered(machine)) {
                tell(view, machine);
            }
        }
        Map<String, Assessment> byName = new HashMap<>();
        machines.forEach(machine -> byName.put(machine.name(), machine));
        view.answers().strays().forEach((name, repair) -> {
            Assessment machine = byName.get(name);
            boolean runs = machine != null && machine.standing().phase() == MachinePhase.RUNNING;
            closed.add(new Action.Close(
                    name,
                    repair,
                    runs ? Action.Outcome.DONE : Action.Outcome.CANCELLED,
                    "it was claimed and never ordered"));
        });
    }

    /** It was given up, and its agent is just bringing back what ran before: whether it is broken is known when that is up, or is not. */
    private static boolean comingUp(Assessment machine) {
        Sight sight = machine.machine().sight();
        RunningService running = sight == null || sight.lost() ? null : sight.running();
        return machine.standing().phase() == MachinePhase.FAILED
                && running != null
                && running.state() == RunState.STARTING;
    }

    /** It was given up, perhaps as broken, and runs the version after all. */
    private static boolean recovered(Assessment machine) {
        OrderRecord order = machine.machine().order();
        return machine.note() instanceof Action.Settle && order != null && order.state() == OrderState.FAILED;
    }

    /** device-manager calls a machine broken until a repair of it is done: it takes a repair to tell it. */
    private void tell(RolloutView view, Assessment machine) {
        ClaimAnswer claim = view.claims().get(machine.name());
        String repair = claim == null ? null : claim.repair();
        if (claim == null) {
            renewed.add(new Wish(machine.name(), true));
        } else if (repair != null) {
            closed.add(new Action.Close(
                    machine.name(),
                    repair,
                    Action.Outcome.DONE,
                    machine.standing().reason()));
        }
    }

    /** Those that device-manager has not been asked to renew yet. */
    List<Wish> renewed() {
        return renewed;
    }

    List<Action.Close> closed() {
        return closed;
    }

    boolean none() {
        return !goingOn && closed.isEmpty();
    }

    /**
     * A machine counts as broken only where it is down and was given up: device-manager calls it so until it is changed again. One that is lost may
     * come back as it was, and device-manager knows by itself that it is lost.
     */
    private static Action.Outcome outcome(Assessment machine) {
        return switch (machine.standing().phase()) {
            case RUNNING -> Action.Outcome.DONE;
            case FAILED -> machine.unavailable() ? Action.Outcome.FAILED : Action.Outcome.CANCELLED;
            case WAITING, FETCHING, SWITCHING, EXCUSED, SUPERSEDED -> Action.Outcome.CANCELLED;
        };
    }
}

package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.MachinePhase;
import java.util.ArrayList;
import java.util.List;

/** The repairs that a rollout holds: which it goes on holding, and which are over. */
final class Repairs {
    private final List<Wish> renewed = new ArrayList<>();
    private final List<Action.Close> closed = new ArrayList<>();
    private boolean goingOn;

    /** @param goesOn false where nothing may be ordered: then only what an agent is at is held */
    Repairs(RolloutView view, List<Assessment> machines, Orders orders, boolean goesOn) {
        for (Assessment machine : machines) {
            String repair = machine.repair();
            boolean held = machine.inFlight() || goesOn && machine.effective() && orders.places(machine);
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
            }
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

    private static Action.Outcome outcome(Assessment machine) {
        if (machine.standing().phase() == MachinePhase.RUNNING) {
            return Action.Outcome.DONE;
        }
        return machine.unavailable() ? Action.Outcome.FAILED : Action.Outcome.CANCELLED;
    }
}

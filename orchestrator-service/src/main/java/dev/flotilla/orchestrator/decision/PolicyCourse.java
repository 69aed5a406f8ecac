package dev.flotilla.orchestrator.decision;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What policies say of the machines of a plan, now and later.
 *
 * @param permits those of now, of each machine
 */
record PolicyCourse(Map<String, Permit> permits, Outlook outlook) {

    Permit now(Assessment machine) {
        return Objects.requireNonNull(permits.get(machine.name()));
    }

    Permit at(Assessment machine, Instant moment) {
        return outlook.at(machine.name(), now(machine), moment);
    }

    RolloutView at(RolloutView view, Instant moment) {
        return FutureViews.at(view, permits, outlook, moment);
    }

    /** When they say something else next; null where that is not known. */
    @Nullable
    Instant next(Assessment machine, Instant moment) {
        return outlook.next(machine.name(), now(machine), moment);
    }

    /** Where a machine stands that they deny until some time after a moment. */
    MachineStanding passedBy(Assessment machine, Permit permit, Instant moment) {
        Instant free = outlook.freeAfter(machine.name(), now(machine), moment);
        MachineStanding standing = Objects.requireNonNull(Orders.byPolicy(permit));
        return free == null
                ? standing
                : new MachineStanding(
                        standing.phase(),
                        standing.reason() + "; it is changed after that",
                        standing.rule(),
                        free,
                        standing.origin());
    }
}

package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.MachinePhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a rollout stops by itself. */
final class Halts {
    private Halts() {}

    /** Why it is halted, or halts now, in words for a person; null where it goes on. */
    static @Nullable String reason(RolloutView view, List<Assessment> machines, Waves waves, Instant now) {
        if (view.replaced() != null) {
            return null;
        }
        return switch (view.state()) {
            case HALTED ->
                view.course().reason() == null ? "halted" : view.course().reason();
            case COMPLETE, SUPERSEDED, ABORTED -> null;
            case ROLLING_OUT -> {
                String canary = canary(waves);
                String failed = canary == null ? overThreshold(view, machines) : canary;
                yield failed == null ? noProgress(view, machines, now) : failed;
            }
        };
    }

    /** True where no machine became healthy, and none of a wave was the first to be changed, for longer than the deadline. */
    static boolean late(RolloutView view, Instant now) {
        return !now.isBefore(view.progressDeadline());
    }

    /** True where the machine keeps its place, and nothing but itself is waited for. */
    static boolean changing(RolloutView view, Assessment machine) {
        return Waves.slot(view, machine) && machine.want() != Assessment.Want.ORDER;
    }

    private static @Nullable String canary(Waves waves) {
        Assessment canary = waves.failedCanary();
        return canary == null
                ? null
                : "the canary " + canary.name() + " failed for good: "
                        + canary.standing().reason();
    }

    private static @Nullable String overThreshold(RolloutView view, List<Assessment> machines) {
        List<Assessment> failed = machines.stream()
                .filter(machine -> machine.standing().phase() == MachinePhase.FAILED)
                // What was broken before says nothing of what this rollout does.
                .filter(machine -> machine.machine().order() != null)
                .toList();
        int all = view.elsewhere().machines() + Assessment.effective(machines);
        int allowed = view.limits().failureThreshold().roundedDown(all);
        int count = failed.size() + view.elsewhere().failed();
        if (failed.isEmpty() || count <= allowed) {
            return null;
        }
        Assessment last = failed.getLast();
        return count + " of " + all + " machines failed for good, more than the " + allowed
                + " that a failure threshold of "
                + view.limits().failureThreshold() + " allows; on " + last.name() + ": "
                + last.standing().reason();
    }

    /**
     * Counts only where machines are being changed: who waits for a policy, a repair or a person makes no progress and no harm. Nor does who may be
     * ordered again now, after such a wait, say.
     */
    private static @Nullable String noProgress(RolloutView view, List<Assessment> machines, Instant now) {
        List<Assessment> stuck = machines.stream()
                .filter(machine -> changing(view, machine) && machine.hold() != Assessment.Hold.PROOF
                        || machine.hold() == Assessment.Hold.PROOF && machine.unavailable())
                .toList();
        Instant since = view.course().progressedAt();
        if (stuck.isEmpty() || !late(view, now)) {
            return null;
        }
        return "no machine has become healthy since " + since + ", longer than the progress deadline allows; "
                + stuck.size()
                + " are being changed, such as " + stuck.getFirst().name() + ": "
                + stuck.getFirst().standing().reason();
    }
}

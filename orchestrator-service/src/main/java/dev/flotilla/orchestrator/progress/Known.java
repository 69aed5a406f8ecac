package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.Repair;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.orchestrator.rollout.Commands;
import dev.flotilla.orchestrator.rollout.History;
import dev.flotilla.orchestrator.rollout.PolicyRefusal;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a rollout beside what its decision depends on.
 *
 * @param history the last of each kind of what was decided about it, the latest first
 * @param refusals the machines that policies refused at its last look
 * @param newer when the newer deployments were taken up that have machines of it
 * @param repairs those of others in its group, the oldest first; empty where nobody had to be asked for them
 * @param holders who answers for the policies and opt-outs that refuse machines, by {@link PolicyHolders#key}
 * @param tenants the owners of machines
 * @param back whether it can be rolled back, where it is stopped
 * @param leftBehind what becomes of its machines that had nothing to go back to; null where there are none
 */
record Known(
        List<HistoryEntry> history,
        Map<String, PolicyRefusal> refusals,
        Map<String, Instant> newer,
        List<Repair> repairs,
        Map<String, String> holders,
        Map<String, String> tenants,
        GoingBack back,
        @Nullable String leftBehind) {

    /** What brought the rollout into a state for this reason; null where that is not known. */
    @Nullable
    HistoryEntry cause(@Nullable String reason) {
        return history.stream()
                .filter(entry -> switch (entry.what()) {
                    case History.HALT -> entry.reason().equals(reason);
                    case "pause", "roll-back", "abort" ->
                        Commands.reason(entry.what(), entry.who(), entry.reason())
                                .equals(reason);
                    default -> false;
                })
                .findFirst()
                .orElse(null);
    }

    /**
     * What can be done about the rollout. A tenant that stopped it had a cause.
     *
     * @param state as it is decided now
     * @param proving true where the others wait for a machine that is proving itself
     */
    Recourse recourse(Rollout rollout, DeploymentState state, boolean proving) {
        HistoryEntry cause = cause(rollout.reason());
        boolean paused =
                cause != null && cause.what().equals("pause") && !cause.who().startsWith(Authorities.BY_TENANT);
        return new Recourse(state, paused, back, proving);
    }

    /** When the rollout was resumed last; null where it never was. */
    @Nullable
    Instant resumedAt() {
        return history.stream()
                .filter(entry -> entry.what().equals("resume"))
                .map(HistoryEntry::at)
                .findFirst()
                .orElse(null);
    }

    /** The repair that another has of the machine; null where none is known. */
    @Nullable
    Repair repair(String machine) {
        return repairs.stream()
                .filter(repair -> repair.machine().equals(machine))
                .findFirst()
                .orElse(null);
    }

    /** The oldest elective repair of another in another fault domain than this. */
    @Nullable
    Repair elsewhere(String faultDomain) {
        return repairs.stream()
                .filter(repair -> !repair.forced() && !repair.faultDomain().equals(faultDomain))
                .findFirst()
                .orElse(null);
    }
}

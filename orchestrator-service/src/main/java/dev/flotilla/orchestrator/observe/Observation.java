package dev.flotilla.orchestrator.observe;

import dev.flotilla.api.device.Machine;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.Outlook;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.Map;

/**
 * A rollout as observed at one moment.
 *
 * @param view what its decision depends on
 * @param orders the latest order of each machine
 * @param devices the machines as device-manager has them
 * @param outlook what policies will say, where that was asked
 */
public record Observation(
        Rollout rollout,
        RolloutView view,
        Map<String, OrderRecord> orders,
        Map<String, Machine> devices,
        Instant at,
        Outlook outlook) {

    /** Of now only. */
    public Observation(
            Rollout rollout,
            RolloutView view,
            Map<String, OrderRecord> orders,
            Map<String, Machine> devices,
            Instant at) {
        this(rollout, view, orders, devices, at, Outlook.NONE);
    }

    /** True where some of the machines belong to tenants. */
    public boolean hasTenants() {
        return devices.values().stream().anyMatch(machine -> machine.tenant() != null);
    }
}

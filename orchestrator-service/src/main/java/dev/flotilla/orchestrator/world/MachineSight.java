package dev.flotilla.orchestrator.world;

import dev.flotilla.api.registry.RunningService;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A machine as the registry sees it.
 *
 * @param lastSeen when it was last known to report: the time of the last change, which may be long before its last report; or when it was lost
 * @param services by name
 */
record MachineSight(Instant lastSeen, boolean lost, Map<String, RunningService> services) {
    MachineSight {
        services = Map.copyOf(services);
    }

    MachineSight with(RunningService running, Instant at) {
        Map<String, RunningService> changed = new HashMap<>(services);
        changed.put(running.service(), running);
        return new MachineSight(at, lost, changed);
    }

    MachineSight lost(boolean lost, Instant at) {
        return new MachineSight(at, lost, services);
    }
}

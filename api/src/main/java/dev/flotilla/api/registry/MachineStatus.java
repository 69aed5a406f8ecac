package dev.flotilla.api.registry;

import java.time.Instant;
import java.util.List;

/**
 * What runs on one machine.
 *
 * @param lastSeen when it last reported anything
 * @param lost true when it has not been heard of for three report intervals
 * @param services by name
 */
public record MachineStatus(String machine, Instant lastSeen, boolean lost, List<RunningService> services) {}

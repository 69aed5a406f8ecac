package dev.flotilla.orchestrator.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Elective work of others in a fault domain of the group: while it goes on, no work begins in another.
 *
 * @param until when its lease ends; null where it has none that is known
 * @param standing where it leaves the machines of other fault domains
 */
public record Disruption(String faultDomain, @Nullable Instant until, MachineStanding standing) {}

package dev.flotilla.agent.decision;

import java.time.Instant;

/**
 * A process that lives.
 *
 * @param watchedSince since when this run of the agent has watched it: an adopted process was started earlier
 * @param stopping it has been told to stop
 */
public record RunView(Release release, Instant startedAt, Instant watchedSince, Health health, boolean stopping) {
    boolean passed() {
        return health instanceof Health.Unprobed || health instanceof Health.Healthy;
    }
}

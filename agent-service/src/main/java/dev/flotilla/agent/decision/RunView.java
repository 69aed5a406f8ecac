package dev.flotilla.agent.decision;

import java.time.Instant;

/**
 * A process that lives.
 *
 * @param stopping it has been told to stop
 */
public record RunView(Release release, Instant startedAt, Health health, boolean stopping) {
    boolean passed() {
        return health instanceof Health.Unprobed || health instanceof Health.Healthy;
    }
}

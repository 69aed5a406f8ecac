package dev.flotilla.api.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One service on one machine, as last reported.
 *
 * @param changedAt when the registry took in the last change of it
 */
public record RunningService(
        String machine,
        String service,
        @Nullable String version,
        RunState state,
        @Nullable String sha256,
        int restarts,
        @Nullable Instant since,
        @Nullable OrderProgress order,
        Instant changedAt) {}

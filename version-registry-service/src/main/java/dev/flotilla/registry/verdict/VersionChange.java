package dev.flotilla.registry.verdict;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service changed on a machine.
 *
 * @param before the version until then; null when the service was not there
 * @param after the version from then on; null when the service is gone
 */
public record VersionChange(
        String machine,
        String service,
        @Nullable String before,
        @Nullable String after,
        Instant at) {}

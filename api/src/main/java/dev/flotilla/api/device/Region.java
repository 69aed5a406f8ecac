package dev.flotilla.api.device;

import org.jspecify.annotations.Nullable;

/**
 * A region that has machines or belongs to a pair.
 *
 * @param pair the region pair that it belongs to; null for none
 */
public record Region(
        String name,
        long machines,
        int environments,
        @Nullable String pair) {}

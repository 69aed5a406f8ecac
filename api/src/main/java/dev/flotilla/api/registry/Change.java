package dev.flotilla.api.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed in the registry.
 *
 * @param seq its place in the feed; rises, with gaps
 * @param running the service as it is now; null for {@link Kind#LOST} and {@link Kind#BACK}
 * @param previousVersion the version before; null where there was none or the kind has none
 */
public record Change(
        long seq,
        Kind kind,
        String machine,
        @Nullable RunningService running,
        @Nullable String previousVersion,
        Instant at) {

    public enum Kind {
        /** The version, state or order of a service changed. */
        SERVICE,
        /** The machine has not been heard of for three intervals. */
        LOST,
        /** A machine that was lost, or is new, reports. */
        BACK
    }
}

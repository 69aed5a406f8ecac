package dev.flotilla.api.policy;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of one policy, opt-out or override. Revisions are never changed or removed.
 *
 * @param revision rises by one with each change of any of them
 * @param before the definition until then, as it was stored; null where there was none
 * @param after the definition since then; null where it was deleted
 */
public record Revision(
        long revision,
        Decision.Kind kind,
        String name,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after,
        String by,
        Instant at) {}

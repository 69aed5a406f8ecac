package dev.flotilla.policy.rule;

import dev.flotilla.api.policy.Decision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is stored.
 *
 * @param definition as JSON
 */
public record StoredRule(
        Decision.Kind kind,
        String name,
        String definition,
        @Nullable Instant until,
        long revision,
        String createdBy,
        Instant createdAt,
        String changedBy,
        Instant changedAt) {

    boolean endedBy(Instant now) {
        return until != null && !until.isAfter(now);
    }
}

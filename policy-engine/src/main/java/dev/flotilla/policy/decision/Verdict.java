package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says of one change.
 *
 * @param name of the policy, opt-out, override or maintenance request
 * @param reason in words for a person
 * @param until when it may say something else; null when that is not known
 * @param specificity of equally strict verdicts the most specific one gives its reason; see {@link Specificity}
 */
public record Verdict(
        Effect effect,
        Decision.Kind kind,
        String name,
        String reason,
        @Nullable Instant until,
        int specificity) {}

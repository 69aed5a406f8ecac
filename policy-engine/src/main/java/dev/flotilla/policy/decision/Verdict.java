package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one policy says of one change.
 *
 * @param policy the name of the policy
 * @param reason in words for a person
 * @param until when the policy may say something else; null when that is not known
 * @param scope how much the policy speaks of
 */
public record Verdict(
        Effect effect,
        String policy,
        String reason,
        @Nullable Instant until,
        Scope scope) {

    /** From the narrowest to the widest. Of equally strict verdicts the narrowest gives its reason. */
    public enum Scope {
        SERVICE_ON_MACHINE,
        MACHINE,
        SERVICE
    }
}

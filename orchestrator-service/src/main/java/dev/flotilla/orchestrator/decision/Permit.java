package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The policy engine's answer for one machine.
 *
 * @param policy which policy decided; null where none applied
 * @param kind what that names; null where none applied, or where it was not said
 * @param until when it is worth asking again; null where that is not known
 */
public record Permit(
        Effect effect,
        String reason,
        @Nullable String policy,
        @Nullable Kind kind,
        @Nullable Instant until) {
    public static final Permit ALLOWED = new Permit(Effect.ALLOW, "no policy speaks against it", null, null);

    /** An answer of which it is not said what kind of rule decided. */
    public Permit(Effect effect, String reason, @Nullable String policy, @Nullable Instant until) {
        this(effect, reason, policy, null, until);
    }
}

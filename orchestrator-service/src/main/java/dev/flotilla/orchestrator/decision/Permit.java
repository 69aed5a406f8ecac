package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The policy engine's answer for one machine.
 *
 * @param policy which policy decided; null where none applied
 * @param until when it is worth asking again; null where that is not known
 */
public record Permit(
        Effect effect,
        String reason,
        @Nullable String policy,
        @Nullable Instant until) {
    public static final Permit ALLOWED = new Permit(Effect.ALLOW, "no policy speaks against it", null, null);
}

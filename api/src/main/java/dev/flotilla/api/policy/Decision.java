package dev.flotilla.api.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one machine.
 *
 * @param reason in words for a person; never empty
 * @param policy the name of the policy, opt-out, override or maintenance request that decided; null where none applied
 * @param kind what {@code policy} names; null where none applied
 * @param until when it is worth asking again; null when that is not known, or for {@link Effect#ALLOW}
 */
public record Decision(
        String machine,
        Effect effect,
        String reason,
        @Nullable String policy,
        @Nullable Kind kind,
        @Nullable Instant until) {

    /** What can decide. */
    public enum Kind {
        POLICY,
        OPT_OUT,
        OVERRIDE,
        MAINTENANCE_REQUEST
    }

    /** A decision of whose kind nothing is said. */
    public Decision(String machine, Effect effect, String reason, @Nullable String policy, @Nullable Instant until) {
        this(machine, effect, reason, policy, null, until);
    }
}

package dev.flotilla.api.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the decisions about some machines will change by themselves: what the rules that are stored now say at the moments to come at which one of
 * them begins, pauses or ends. A maintenance request counts until the moment that is known for it.
 *
 * @param machines those that it holds for, in the order of the request
 * @param changes in order of time; each holds until the next
 * @param knownUntil up to when this is known: what is decided from then on is not
 * @param unforeseen policies whose conditions read {@code now}: they are only read again at the moments above, and may say something else between them
 */
public record Outlook(List<String> machines, List<Change> changes, Instant knownUntil, List<String> unforeseen) {

    /**
     * A decision to come; see {@link Decision}.
     *
     * @param at from when
     */
    public record Change(
            Instant at,
            Effect effect,
            String reason,
            @Nullable String policy,
            Decision.@Nullable Kind kind,
            @Nullable Instant until) {}
}

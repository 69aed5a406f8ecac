package dev.flotilla.api.orchestrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was decided about a deployment: a command, or a step of Flotilla's own.
 *
 * @param number counts the entries of all deployments; later entries have higher numbers. Null for what a tenant said, which the policy engine keeps
 * @param rollout the rollout that it is about; null for the whole deployment
 * @param who the subject of the token behind it; {@code flotilla} for its own steps
 * @param tenant for which tenant they said it; null for all that is no tenant's word
 * @param what a short word: {@code declare}, which is the first, {@code pause}, {@code halt}, {@code complete}, ...; of a tenant
 *     {@code delay}, {@code suspend}, {@code resume}, {@code alert} or {@code cancel}
 * @param reason in words for a person
 */
public record HistoryEntry(
        @Nullable Long number,
        Instant at,
        @Nullable String rollout,
        String who,
        @Nullable String tenant,
        String what,
        String reason) {

    /** What is no tenant's word. */
    public HistoryEntry(
            @Nullable Long number, Instant at, @Nullable String rollout, String who, String what, String reason) {
        this(number, at, rollout, who, null, what, reason);
    }
}

package dev.flotilla.api.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision for each machine that was asked about, in the same order.
 *
 * @param id under which question and answer are kept: {@code GET /v1/decisions/{id}}. A question that is asked again and answered the same by
 *     the same policies keeps its id. Null for a preview, and where the answer was not made by policy-engine
 * @param outlooks how they will change, each machine in one of them; null but for a preview that is to look ahead
 */
public record Decisions(
        @Nullable String id,
        List<Decision> decisions,
        @Nullable List<Outlook> outlooks) {
    /** Decisions of whose future nothing is said. */
    public Decisions(@Nullable String id, List<Decision> decisions) {
        this(id, decisions, null);
    }

    /** Decisions that are not kept. */
    public Decisions(List<Decision> decisions) {
        this(null, decisions);
    }
}

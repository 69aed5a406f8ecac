package dev.flotilla.api.upload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version has the evidence that was asked for, judged at one moment.
 *
 * @param satisfied whether all items are
 * @param at when it was judged: a key may be revoked and evidence expire right after
 * @param items one for each kind that was asked for
 */
public record Boq(String service, String version, boolean satisfied, Instant at, List<Item> items) {
    public Boq {
        items = List.copyOf(items);
    }

    /**
     * One kind of evidence.
     *
     * @param reason in words: what satisfies it, or what is missing
     * @param attestation the id of the attestation that satisfies it; null where none does
     */
    public record Item(
            EvidenceKind kind,
            boolean satisfied,
            String reason,
            @Nullable String attestation) {}
}

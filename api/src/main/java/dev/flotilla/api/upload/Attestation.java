package dev.flotilla.api.upload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence about a version, as it is kept, and what it is worth now.
 *
 * @param id names the envelope: SHA-256 of what it holds, 64 lower-case hexadecimal digits
 * @param result what a test-result says; null for other kinds
 * @param keys the ids of the trusted keys that signed it, revoked ones too
 * @param storedBy the subject of the token it was stored with
 * @param expiresAt when it counts no more, as its key is set now; null for never
 * @param counts whether it counts at this moment
 * @param reason why it does not count; null where it does
 */
public record Attestation(
        String id,
        EvidenceKind kind,
        String predicateType,
        @Nullable TestResult result,
        List<String> keys,
        Instant storedAt,
        String storedBy,
        @Nullable Instant expiresAt,
        boolean counts,
        @Nullable String reason) {
    public Attestation {
        keys = List.copyOf(keys);
    }
}

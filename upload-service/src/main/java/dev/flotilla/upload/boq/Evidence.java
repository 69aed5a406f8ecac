package dev.flotilla.upload.boq;

import java.time.Instant;
import java.util.Set;

/**
 * What was stored, as it was stored.
 *
 * @param id of the envelope, in hexadecimal
 * @param seq rises with all evidence
 * @param keys the ids of those that were trusted then and signed it
 */
record Evidence(
        String id,
        long seq,
        SignedPayload signed,
        Statement statement,
        Set<String> keys,
        Instant storedAt,
        String storedBy) {}

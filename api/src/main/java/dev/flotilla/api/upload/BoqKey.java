package dev.flotilla.api.upload;

import dev.flotilla.api.DurationBetween;
import dev.flotilla.api.ServiceName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key whose signature makes a statement evidence.
 *
 * @param publicKey in PEM ({@code BEGIN PUBLIC KEY}): Ed25519, ECDSA P-256, or RSA of 2048 to 8192 bits
 * @param services the services that it may speak for; null for all
 * @param kinds what it may speak about; null for anything
 * @param notAfter from when on evidence signed with it is taken no more; what was stored before goes on counting. Null for never
 * @param validFor how long its evidence counts: from when it was stored, or from when a provenance says that the build finished if that is
 *     earlier. Null for ever
 */
public record BoqKey(
        @NotBlank @Size(max = 10_000) String publicKey,
        @Nullable @Size(min = 1, max = 1000) List<@NotNull @ServiceName String> services,
        @Nullable @Size(min = 1) Set<@NotNull EvidenceKind> kinds,
        @Nullable Instant notAfter,

        @Nullable @DurationBetween(least = "PT1M", most = "P3650D")
        Duration validFor) {

    /**
     * A key as it is kept. It is never removed: who trusted it, and who no longer did, can be read for ever.
     *
     * @param algorithm {@code Ed25519}, {@code ECDSA P-256}, or RSA with its size: {@code RSA 3072}
     * @param fingerprint SHA-256 of the key (SubjectPublicKeyInfo in DER), 64 lower-case hexadecimal digits
     * @param revoked null for one that is trusted
     */
    public record Stored(
            String id,
            BoqKey key,
            String algorithm,
            String fingerprint,
            String createdBy,
            Instant createdAt,
            String changedBy,
            Instant changedAt,
            @Nullable Revoked revoked) {}

    /** That a key is trusted no more. */
    public record Revoked(String reason, String by, Instant at) {}
}

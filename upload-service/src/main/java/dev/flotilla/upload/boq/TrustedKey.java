package dev.flotilla.upload.boq;

import dev.flotilla.api.upload.BoqKey;
import dev.flotilla.api.upload.DsseEnvelope;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A key as it is kept, ready to verify with. */
record TrustedKey(BoqKey.Stored stored, SigningKey key) {

    /** Those of the keys that signed it, in the order of its signatures. */
    static List<TrustedKey> signers(SignedPayload signed, List<TrustedKey> keys) {
        byte[] bytes = signed.preAuthenticationEncoding();
        return signed.signatures().stream()
                .flatMap(signature -> signer(signature, bytes, keys).stream())
                .distinct()
                .toList();
    }

    /** Whose signature this is: {@code keyid} says only whom to try first (DSSE: it is a hint, and nothing that is signed). */
    private static Optional<TrustedKey> signer(DsseEnvelope.Signature signature, byte[] bytes, List<TrustedKey> keys) {
        byte[] sig = SignedPayload.decoded("sig", signature.sig());
        return keys.stream()
                .sorted(Comparator.comparing(key -> !key.isNamed(signature.keyid())))
                .filter(key -> key.key().signed(bytes, sig))
                .findFirst();
    }

    String id() {
        return stored.id();
    }

    boolean isNamed(@Nullable String keyid) {
        return keyid != null
                && (keyid.equals(id())
                        || keyid.replaceFirst("(?i)^sha256:", "").equalsIgnoreCase(stored.fingerprint()));
    }

    /** When evidence of this key counts no more; null for never. */
    @Nullable
    Instant expiry(Statement statement, Instant storedAt) {
        if (stored.key().validFor() == null) {
            return null;
        }
        Instant from = Stream.of(Optional.ofNullable(statement.finishedAt()), Optional.of(storedAt))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(storedAt);
        return from.plus(Objects.requireNonNull(stored.key().validFor()));
    }

    /** Why this key's signature makes it no evidence now; null where it does. */
    @Nullable
    String obstacle(String service, Statement statement, Instant storedAt, Instant now) {
        BoqKey key = stored.key();
        BoqKey.Revoked revoked = stored.revoked();
        if (revoked != null) {
            return "the key '" + id() + "' was revoked by " + revoked.by() + " at " + revoked.at() + ": "
                    + revoked.reason();
        }
        if (key.services() != null && !key.services().contains(service)) {
            return "the key '" + id() + "' may not speak for the service '" + service + "'";
        }
        if (key.kinds() != null && !key.kinds().contains(statement.kind())) {
            return "the key '" + id() + "' may not speak about "
                    + statement.kind().word();
        }
        if (key.notAfter() != null && storedAt.isAfter(key.notAfter())) {
            return "of the key '" + id() + "' nothing is taken after " + key.notAfter();
        }
        Instant expiry = expiry(statement, storedAt);
        return expiry == null || now.isBefore(expiry) ? null : "it expired at " + expiry;
    }
}

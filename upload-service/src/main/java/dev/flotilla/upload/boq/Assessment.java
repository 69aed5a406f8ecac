package dev.flotilla.upload.boq;

import dev.flotilla.api.upload.Attestation;
import dev.flotilla.api.upload.Boq;
import dev.flotilla.api.upload.EvidenceKind;
import dev.flotilla.api.upload.TestResult;
import dev.flotilla.api.upload.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence about a version is worth at one moment: a pure function of evidence, keys and time, which verifies every signature anew. A
 * version has evidence of a kind where one envelope of it counts; of test-results a failed one outweighs all that were stored before it.
 *
 * @param judged that stored last first
 */
record Assessment(Version version, Instant now, List<Judged> judged) {

    /** Evidence and what it is worth. */
    record Judged(Evidence evidence, Attestation attestation) {}

    /** @param evidence that stored last first */
    static Assessment of(Version version, List<Evidence> evidence, List<TrustedKey> keys, Instant now) {
        List<Judged> judged = new ArrayList<>();
        Evidence failed = null;
        for (Evidence each : evidence) {
            List<TrustedKey> signers = TrustedKey.signers(
                    each.signed(),
                    keys.stream().filter(key -> each.keys().contains(key.id())).toList());
            List<TrustedKey> good = signers.stream()
                    .filter(key -> obstacle(key, version, each, now) == null)
                    .toList();
            String reason = whyNot(version, each, signers, good, failed, now);
            boolean authentic = !good.isEmpty() && isAbout(version, each);
            if (failed == null && authentic && each.statement().result() == TestResult.FAILED) {
                failed = each;
            }
            judged.add(new Judged(each, attestation(each, signers, good, reason)));
        }
        return new Assessment(version, now, List.copyOf(judged));
    }

    private static @Nullable String whyNot(
            Version version,
            Evidence evidence,
            List<TrustedKey> signers,
            List<TrustedKey> good,
            @Nullable Evidence failed,
            Instant now) {
        if (signers.isEmpty()) {
            return "it is signed with no key that was ever trusted";
        }
        if (!isAbout(version, evidence)) {
            return "it is about other bytes than the payload of this version";
        }
        if (good.isEmpty()) {
            return obstacle(signers.getFirst(), version, evidence, now);
        }
        if (evidence.statement().result() == TestResult.FAILED) {
            return "the tests failed";
        }
        if (failed != null && evidence.statement().kind() == EvidenceKind.TEST_RESULT) {
            return "tests failed after it, as was stored at " + failed.storedAt();
        }
        return null;
    }

    private static boolean isAbout(Version version, Evidence evidence) {
        return evidence.statement().subjects().contains(version.payload().sha256());
    }

    private static @Nullable String obstacle(TrustedKey key, Version version, Evidence evidence, Instant now) {
        return key.obstacle(version.service(), evidence.statement(), evidence.storedAt(), now);
    }

    private static Attestation attestation(
            Evidence evidence, List<TrustedKey> signers, List<TrustedKey> good, @Nullable String reason) {
        List<Optional<Instant>> expiries = (good.isEmpty() ? signers : good)
                .stream()
                        .map(key -> Optional.ofNullable(key.expiry(evidence.statement(), evidence.storedAt())))
                        .toList();
        Instant expiresAt = expiries.contains(Optional.<Instant>empty())
                ? null
                : expiries.stream()
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
        return new Attestation(
                evidence.id(),
                evidence.statement().kind(),
                evidence.statement().kind().predicateType(),
                evidence.statement().result(),
                signers.stream().map(TrustedKey::id).toList(),
                evidence.storedAt(),
                evidence.storedBy(),
                expiresAt,
                reason == null,
                reason);
    }

    /** Whether the version has what is required. */
    Boq boq(Collection<EvidenceKind> required) {
        List<Boq.Item> items = required.stream().map(this::item).toList();
        return new Boq(version.service(), version.version(), items.stream().allMatch(Boq.Item::satisfied), now, items);
    }

    private Boq.Item item(EvidenceKind kind) {
        List<Judged> ofKind = judged.stream()
                .filter(each -> each.attestation().kind() == kind)
                .toList();
        Optional<Judged> counting =
                ofKind.stream().filter(each -> each.attestation().counts()).findFirst();
        if (counting.isPresent()) {
            Attestation found = counting.get().attestation();
            return new Boq.Item(kind, true, praise(counting.get()), found.id());
        }
        if (ofKind.isEmpty()) {
            return new Boq.Item(kind, false, "there is none", null);
        }
        String reason = Objects.requireNonNull(ofKind.getFirst().attestation().reason());
        return new Boq.Item(
                kind,
                false,
                ofKind.size() == 1
                        ? "there is one that does not count: " + reason
                        : "of the " + ofKind.size() + " there are none counts; of that stored last, " + reason,
                null);
    }

    private static String praise(Judged judged) {
        Attestation found = judged.attestation();
        Statement statement = judged.evidence().statement();
        return (statement.builder() == null ? String.valueOf(found.result()) : "built by " + statement.builder())
                + ", signed with " + String.join(", ", found.keys()) + ", stored by " + found.storedBy() + " at "
                + found.storedAt() + (found.expiresAt() == null ? "" : ", expires at " + found.expiresAt());
    }
}

package dev.flotilla.api.upload;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What evidence is about: the in-toto predicates that a BoQ may hold. */
public enum EvidenceKind {
    /** The result of running tests: <a href="https://in-toto.io/attestation/test-result/v0.1">test-result</a>. */
    TEST_RESULT("https://in-toto.io/attestation/test-result/v0.1"),
    /** How the payload was built, and by whom: <a href="https://slsa.dev/provenance/v1">SLSA provenance</a>. */
    PROVENANCE("https://slsa.dev/provenance/v1");

    private final String predicateType;

    EvidenceKind(String predicateType) {
        this.predicateType = predicateType;
    }

    /** The {@code predicateType} of its statements. */
    public String predicateType() {
        return predicateType;
    }

    /** As it is written in queries, on command lines and in texts: {@code test-result}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of this {@link #word()}, or constant; empty for any other text. */
    public static Optional<EvidenceKind> of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equalsIgnoreCase(word.strip())
                        || kind.name().equalsIgnoreCase(word.strip()))
                .findFirst();
    }
}

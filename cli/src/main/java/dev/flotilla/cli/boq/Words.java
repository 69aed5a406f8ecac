package dev.flotilla.cli.boq;

import dev.flotilla.api.upload.Attestation;
import dev.flotilla.api.upload.EvidenceKind;
import dev.flotilla.cli.terminal.Moments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evidence in the words of tables. */
final class Words {
    private Words() {}

    static Moments moments() {
        return new Moments(InstantSource.system().instant());
    }

    /** {@code test-result PASSED}. */
    static String what(Attestation attestation) {
        return attestation.kind().word() + (attestation.result() == null ? "" : " " + attestation.result());
    }

    static String kinds(@Nullable Collection<EvidenceKind> kinds) {
        return kinds == null
                ? "anything"
                : kinds.stream().sorted().map(EvidenceKind::word).collect(Collectors.joining(", "));
    }

    static String at(@Nullable Instant moment, String otherwise) {
        return moment == null ? otherwise : moments().at(moment);
    }

    /** A reason of the service, with its moments as people read them. */
    static String said(@Nullable String reason) {
        return reason == null ? "" : moments().readable(reason);
    }
}

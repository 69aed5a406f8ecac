package dev.flotilla.upload.boq;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.upload.DsseEnvelope;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes evidence that is signed with a trusted key and is about the very bytes of the version. */
@Component
class EvidenceIntake {
    private static final Logger log = LoggerFactory.getLogger(EvidenceIntake.class);
    private static final int MOST_ENVELOPES = 500;
    private static final int MOST_BYTES = 8 << 20;

    private final TrustedKeys keys;
    private final EvidenceBook book;
    private final JsonMapper json;

    EvidenceIntake(TrustedKeys keys, EvidenceBook book, JsonMapper json) {
        this.keys = keys;
        this.book = book;
        this.json = json;
    }

    /** Stores it, unless it is there already; a problem that names the field where it is no evidence. */
    void take(Version version, SignedPayload signed, String by, Instant now) {
        if (book.has(version, signed)) {
            return;
        }
        List<TrustedKey> signers = verified(version, signed, now);
        EvidenceBook.Amount there = book.amount(version);
        if (there.envelopes() >= MOST_ENVELOPES || there.bytes() + signed.payload().length > MOST_BYTES) {
            throw ProblemException.conflict("Version " + version.version() + " of " + version.service() + " has "
                    + there.envelopes() + " attestations of " + there.bytes() + " bytes; no more than " + MOST_ENVELOPES
                    + " of " + MOST_BYTES + " bytes in all are kept");
        }
        List<String> ids = signers.stream().map(TrustedKey::id).toList();
        if (book.add(version, signed, ids, by, now)) {
            log.info(
                    "evidence about {} {}, signed with {}, is stored by {}",
                    version.service(),
                    version.version(),
                    ids,
                    by);
        }
    }

    /** Signatures come first: nothing is read out of bytes that nobody answers for. */
    private List<TrustedKey> verified(Version version, SignedPayload signed, Instant now) {
        List<TrustedKey> all = keys.all();
        List<TrustedKey> signers = TrustedKey.signers(signed, all);
        if (signers.isEmpty()) {
            throw ProblemException.unprocessable(
                    "No signature of it is that of a trusted key; './flotilla boq-keys' lists them",
                    unknown(signed, all));
        }
        Statement statement = Statement.read(signed.payload(), json);
        if (!statement.subjects().contains(version.payload().sha256())) {
            throw unprocessable(
                    "payload.subject",
                    "must have the digest of the payload of " + version.service() + " " + version.version()
                            + ", sha256 " + version.payload().sha256(),
                    statement.subjects().stream().sorted().limit(3).toList());
        }
        List<String> obstacles = new ArrayList<>();
        for (TrustedKey signer : signers) {
            String obstacle = signer.obstacle(version.service(), statement, now, now);
            if (obstacle == null) {
                return signers;
            }
            obstacles.add(obstacle);
        }
        throw unprocessable("signatures", "make it no evidence: " + String.join("; ", obstacles), null);
    }

    private static List<FieldError> unknown(SignedPayload signed, List<TrustedKey> all) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < signed.signatures().size(); i++) {
            DsseEnvelope.Signature signature = signed.signatures().get(i);
            Optional<TrustedKey> named =
                    all.stream().filter(key -> key.isNamed(signature.keyid())).findFirst();
            boolean says = signature.keyid() != null && !signature.keyid().isBlank();
            errors.add(
                    named.isPresent()
                            ? ProblemException.error(
                                    "signatures[" + i + "].sig",
                                    "is not what the key '" + named.get().id()
                                            + "' signs this payload with: payload or type were changed, or another key signed",
                                    null)
                            : says
                                    ? ProblemException.error(
                                            "signatures[" + i + "].keyid",
                                            "names no trusted key, and the signature is that of none of them",
                                            signature.keyid())
                                    : ProblemException.error(
                                            "signatures[" + i + "].sig", "is that of no trusted key", null));
        }
        return errors;
    }

    private static ProblemException unprocessable(
            String field, String message, @org.jspecify.annotations.Nullable Object rejected) {
        return ProblemException.unprocessable(
                field + ": " + message, List.of(ProblemException.error(field, message, rejected)));
    }
}

package dev.flotilla.upload.boq;

import dev.flotilla.api.upload.DsseEnvelope;
import dev.flotilla.platform.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * A DSSE envelope, decoded.
 *
 * @param payload the statement, byte by byte as it was signed
 */
record SignedPayload(byte[] payload, List<DsseEnvelope.Signature> signatures) {
    private static final int MOST = 1 << 20;

    /** Decodes an envelope; 400 or 413 where a field of it is not as it must be. */
    static SignedPayload of(DsseEnvelope envelope) {
        if (!envelope.payloadType().equals(DsseEnvelope.IN_TOTO)) {
            throw ProblemException.badRequest("payloadType", "must be " + DsseEnvelope.IN_TOTO, envelope.payloadType());
        }
        if (envelope.payload().length() > MOST) {
            String message = "must not have more than " + MOST + " characters (1 MiB)";
            throw ProblemException.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "payload: " + message,
                    List.of(ProblemException.error("payload", message, null)));
        }
        byte[] payload = decoded("payload", envelope.payload());
        for (int i = 0; i < envelope.signatures().size(); i++) {
            decoded("signatures[" + i + "].sig", envelope.signatures().get(i).sig());
        }
        return new SignedPayload(payload, List.copyOf(envelope.signatures()));
    }

    /** Base64 in either alphabet (DSSE leaves the choice to the signer), with its padding: without it what was cut off would not be noticed. */
    static byte[] decoded(String field, String base64) {
        try {
            if (base64.length() % 4 == 0) {
                return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw ProblemException.badRequest(
                field, "is no base64, or was cut off: it must be one line, padded with = (openssl base64 -A)", base64);
    }

    /** What is signed: <a href="https://github.com/secure-systems-lab/dsse/blob/master/protocol.md">PAE</a> of type and payload. */
    byte[] preAuthenticationEncoding() {
        byte[] type = DsseEnvelope.IN_TOTO.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 100);
        bytes.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(type);
        bytes.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** Names the envelope, however its JSON was laid out. */
    byte[] id() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SigningKey.sha256(preAuthenticationEncoding()));
        signatures.forEach(signature -> bytes.writeBytes(SigningKey.sha256(decoded("sig", signature.sig()))));
        return SigningKey.sha256(bytes.toByteArray());
    }

    DsseEnvelope envelope() {
        return new DsseEnvelope(Base64.getEncoder().encodeToString(payload), DsseEnvelope.IN_TOTO, signatures);
    }
}

package dev.flotilla.api.upload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="https://github.com/secure-systems-lab/dsse/blob/master/envelope.md">DSSE envelope</a>, as build systems make it. Other fields are
 * ignored, as its specification asks for.
 *
 * @param payload the statement in base64 (RFC 4648 with padding, the standard or the URL-safe alphabet); at most 1 MiB of it
 * @param payloadType {@value #IN_TOTO}
 * @param signatures over the pre-authentication encoding (PAE) of type and payload
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DsseEnvelope(
        @NotBlank String payload,
        @NotBlank @Size(max = 200) String payloadType,
        @NotNull @Size(min = 1, max = 10) List<@NotNull @Valid Signature> signatures) {
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /**
     * One signature.
     *
     * @param keyid a hint whose it is: the id of a trusted key, or its fingerprint. Any other is no obstacle: all keys are tried
     * @param sig in base64: of Ed25519 the 64 bytes; of ECDSA P-256 with SHA-256, in DER; of RSA with SHA-256, PKCS #1 v1.5 or PSS with a salt of
     *     32 bytes
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Signature(
            @Nullable @Size(max = 500) String keyid,
            @NotBlank @Size(max = 4096) String sig) {}
}

package dev.flotilla.api.upload;

import dev.flotilla.api.Page;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * The bill of quality (BoQ) of a version: in-toto attestations (Statement v1, or v0.1) in DSSE envelopes, signed with keys that an operator
 * trusts ({@link BoqKeyApi}). They are added and never changed or removed. Each is verified when it is stored, and again, against the keys and the
 * clock of that moment, whenever it is asked what it is worth. All answer 404 where there is no such version.
 */
public interface BoqApi {
    String ATTESTATIONS_PATH = UploadApi.VERSION_PATH + "/attestations";

    /**
     * Stores evidence; the same envelope again is the one there is. Also taken as {@code application/vnd.dsse.envelope+json}. 400 for what is no
     * envelope with a statement of a known predicate, 413 for more than 1 MiB, 422 where no signature is that of a trusted key that may speak here,
     * or no subject has the digest of the version's payload, 409 where the version has too much already. Needs {@code publisher} and the service.
     */
    @PutExchange(ATTESTATIONS_PATH)
    Attestation putAttestation(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestBody @Valid DsseEnvelope envelope);

    /** All evidence of a version, that stored last first, with what each is worth now. */
    @GetExchange(ATTESTATIONS_PATH)
    Page<Attestation> attestations(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** One envelope, for whoever wants to verify it; 404 where there is none. */
    @GetExchange(ATTESTATIONS_PATH + "/{id}")
    DsseEnvelope envelope(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @PathVariable @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits")
                    String id);

    /**
     * Whether a version has the evidence that is required, judged now.
     *
     * @param require the kinds, as {@link EvidenceKind#word()} has them: {@code test-result,provenance}; null for all there are
     */
    @GetExchange(UploadApi.VERSION_PATH + "/boq")
    Boq boq(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestParam(required = false) @Nullable List<String> require);
}

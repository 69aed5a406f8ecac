package dev.flotilla.upload.boq;

import dev.flotilla.api.Page;
import dev.flotilla.api.upload.Attestation;
import dev.flotilla.api.upload.Boq;
import dev.flotilla.api.upload.BoqApi;
import dev.flotilla.api.upload.DsseEnvelope;
import dev.flotilla.api.upload.EvidenceKind;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import dev.flotilla.upload.catalog.VersionCatalog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RestController;

/** Takes evidence and says what it is worth. */
@RestController
class BoqController implements BoqApi {
    private static final int MOST = 1000;
    private final VersionCatalog catalog;
    private final EvidenceIntake intake;
    private final EvidenceBook book;
    private final TrustedKeys keys;
    private final InstantSource clock;

    BoqController(
            VersionCatalog catalog, EvidenceIntake intake, EvidenceBook book, TrustedKeys keys, InstantSource clock) {
        this.catalog = catalog;
        this.intake = intake;
        this.book = book;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    @Operation(
            summary = "Stores evidence about a version",
            description =
                    "An in-toto statement (test-result or SLSA provenance) in a DSSE envelope, signed with a trusted key, about the bytes of the"
                            + " version. The same envelope again is the one there is. Needs the role publisher, and the service among those of the"
                            + " token.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/vnd.dsse.envelope+json",
                                        schema = @Schema(implementation = DsseEnvelope.class)),
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = DsseEnvelope.class))
                            }))
    public Attestation putAttestation(String service, String version, DsseEnvelope envelope) {
        Caller caller = Caller.current();
        caller.require(Role.PUBLISHER);
        caller.requireService(service);
        Version known = known(service, version);
        SignedPayload signed = SignedPayload.of(envelope);
        String id = HexFormat.of().formatHex(signed.id());
        intake.take(known, signed, caller.name(), clock.instant());
        return assess(known).judged().stream()
                .map(Assessment.Judged::attestation)
                .filter(attestation -> attestation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Page<Attestation> attestations(String service, String version, int limit, @Nullable String cursor) {
        int wanted = Limits.check(limit, MOST);
        long below = cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor);
        List<Assessment.Judged> found = assess(known(service, version)).judged().stream()
                .filter(each -> each.evidence().seq() < below)
                .limit(wanted + 1L)
                .toList();
        boolean more = found.size() > wanted;
        List<Assessment.Judged> page = more ? found.subList(0, wanted) : found;
        return new Page<>(
                page.stream().map(Assessment.Judged::attestation).toList(),
                more ? Cursors.encode(Long.toString(page.getLast().evidence().seq())) : null);
    }

    @Override
    public DsseEnvelope envelope(String service, String version, String id) {
        return book.of(known(service, version)).stream()
                .filter(evidence -> evidence.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "id", id, "Version " + version + " of " + service + " has no attestation of this id"))
                .signed()
                .envelope();
    }

    @Override
    @Operation(summary = "Says whether a version has the evidence that is required, judged now")
    public Boq boq(String service, String version, @Nullable List<String> require) {
        Set<EvidenceKind> required = require == null ? EnumSet.allOf(EvidenceKind.class) : kinds(require);
        return assess(known(service, version)).boq(required);
    }

    private Assessment assess(Version version) {
        return Assessment.of(version, book.of(version), keys.all(), clock.instant());
    }

    private Version known(String service, String version) {
        return catalog.find(service, version)
                .orElseThrow(() -> ProblemException.notFound(
                        "version", version, "There is no version '" + version + "' of '" + service + "'"));
    }

    private static Set<EvidenceKind> kinds(List<String> words) {
        Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
        for (String word : words) {
            kinds.add(EvidenceKind.of(word)
                    .orElseThrow(() -> ProblemException.badRequest(
                            "require",
                            "must be one or more, separated by commas, of "
                                    + Arrays.stream(EvidenceKind.values())
                                            .map(EvidenceKind::word)
                                            .collect(Collectors.joining(", ")),
                            word)));
        }
        return kinds;
    }
}

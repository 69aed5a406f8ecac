package dev.flotilla.upload.receiving;

import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import dev.flotilla.upload.receiving.PayloadReceiver.Received;
import dev.flotilla.upload.storage.StorageFullException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code uploadNewPayload}. The body is read from the servlet's stream, never through a message converter. */
@RestController
class UploadController {
    private static final Logger log = LoggerFactory.getLogger(UploadController.class);
    private final PayloadReceiver receiver;
    private final UploadMetrics metrics;

    UploadController(PayloadReceiver receiver, UploadMetrics metrics) {
        this.receiver = receiver;
        this.metrics = metrics;
    }

    @Operation(
            operationId = "uploadNewPayload",
            summary = "Uploads the bytes of a new version",
            description =
                    "201 when the version is new, or was deleted and had the same bytes; 200 when it is there already with the same bytes; 409"
                            + " when it has, or had, others. Repr-Digest and Content-Digest are verified."
                            + " Needs the role publisher, and the service among those of the token.",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "The raw bytes of the payload, of any content type but multipart",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @PutMapping(path = UploadApi.VERSION_PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Version> upload(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestHeader(name = ReprDigest.HEADER, required = false) @Nullable String reprDigest,
            @RequestHeader(name = ReprDigest.CONTENT_HEADER, required = false) @Nullable String contentDigest,
            HttpServletRequest request)
            throws IOException {
        Caller caller = Caller.current();
        caller.require(Role.PUBLISHER);
        caller.requireService(service);
        requireWholeAndPlain(request);
        long length = request.getContentLengthLong();
        Upload upload = new Upload(
                service,
                version,
                Stream.of(
                                ReprDigest.parse(ReprDigest.HEADER, reprDigest),
                                ReprDigest.parse(ReprDigest.CONTENT_HEADER, contentDigest))
                        .flatMap(Optional::stream)
                        .toList(),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                caller.name());
        Received received = receive(upload, request);
        return answer(received);
    }

    private Received receive(Upload upload, HttpServletRequest request) throws IOException {
        try {
            Received received = receiver.receive(upload, request.getInputStream());
            metrics.received(received);
            log.info(
                    "{} {} {}: {} bytes, SHA-256 {}, by {}",
                    received.created() ? "uploaded" : "is there already:",
                    upload.service(),
                    upload.version(),
                    received.version().payload().size(),
                    received.version().payload().sha256(),
                    upload.uploadedBy());
            return received;
        } catch (StorageFullException e) {
            metrics.failed();
            log.error(
                    "upload of {} refused, {}: make room or move flotilla.upload.storage.folder",
                    upload,
                    e.getMessage());
            throw UploadRefusals.storageFull();
        } catch (ProblemException e) {
            metrics.refused(e.status());
            log.info("upload of {} by {} refused: {}", upload, upload.uploadedBy(), e.detail());
            throw e;
        } catch (IOException | RuntimeException e) {
            metrics.failed();
            throw e;
        }
    }

    private static ResponseEntity<Version> answer(Received received) {
        if (!received.created()) {
            return ResponseEntity.ok(received.version());
        }
        // All characters that names may have stand for themselves in a path.
        Version version = received.version();
        return ResponseEntity.created(
                        URI.create("/v1/services/" + version.service() + "/versions/" + version.version()))
                .body(version);
    }

    private static void requireWholeAndPlain(HttpServletRequest request) {
        String range = request.getHeader(HttpHeaders.CONTENT_RANGE);
        if (range != null) {
            throw ProblemException.badRequest(
                    HttpHeaders.CONTENT_RANGE, "is not taken: a payload is uploaded as a whole", range);
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw notTaken(
                    HttpHeaders.CONTENT_ENCODING,
                    "is not taken: send the bytes as the machine shall get them",
                    encoding);
        }
        String type = request.getContentType();
        if (type != null && type.strip().regionMatches(true, 0, "multipart/", 0, 10)) {
            throw notTaken(
                    HttpHeaders.CONTENT_TYPE,
                    "is not taken: send the bytes themselves, not a form around them (curl: -T, not -F)",
                    type);
        }
    }

    private static ProblemException notTaken(String header, String message, String value) {
        return ProblemException.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                header + ": " + message,
                List.of(ProblemException.error(header, message, value)));
    }
}

package dev.flotilla.upload.serving;

import dev.flotilla.api.Names;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.catalog.VersionCatalog;
import dev.flotilla.upload.receiving.ReprDigest;
import dev.flotilla.upload.storage.DynamicStorage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Downloads. A payload never changes, so its digest is its entity tag, and a broken download goes on where it broke off. */
@RestController
class PayloadController {
    private static final Logger log = LoggerFactory.getLogger(PayloadController.class);
    private static final long COUNTED_AT_ONCE = 8 << 20;
    private final VersionCatalog catalog;
    private final DynamicStorage storage;
    private final DownloadMetrics metrics;

    PayloadController(VersionCatalog catalog, DynamicStorage storage, DownloadMetrics metrics) {
        this.catalog = catalog;
        this.storage = storage;
        this.metrics = metrics;
    }

    @Operation(
            operationId = "payload",
            summary = "The bytes of a version, whole or by a range, as the file service_version",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @GetMapping(UploadApi.PAYLOAD_PATH)
    void payload(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            @RequestHeader(name = HttpHeaders.IF_RANGE, required = false) @Nullable String ifRange,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Version found = catalog.find(service, version).orElseThrow(() -> unknown(service, version));
        try (DynamicStorage.Content content =
                storage.open(found.payload().sha256()).orElseThrow(() -> lost(found))) {
            if (content.size() != found.payload().size()) {
                throw lost(found);
            }
            String tag = "\"" + found.payload().sha256() + "\"";
            if (new ServletWebRequest(request, response).checkNotModified(tag)) {
                return;
            }
            boolean head = HttpMethod.HEAD.matches(request.getMethod());
            boolean ranged = !head && (ifRange == null || ifRange.equals(tag));
            ByteRange.Part part = choose(ranged ? range : null, content.size(), response);
            describe(found, response);
            if (!head) {
                send(content, part, response.getOutputStream());
            }
        }
    }

    private static void describe(Version version, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(
                ReprDigest.HEADER, ReprDigest.format(version.payload().sha256()));
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + Names.fileName(version.service(), version.version()) + "\"");
    }

    private static ByteRange.Part choose(@Nullable String range, long size, HttpServletResponse response) {
        ByteRange asked = ByteRange.parse(range, size);
        ByteRange.Part part = switch (asked) {
            case ByteRange.Whole() -> new ByteRange.Part(0, size);
            case ByteRange.Part some -> some;
            case ByteRange.OutOfBounds() -> {
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                throw outOfBounds(range, size);
            }
        };
        if (asked instanceof ByteRange.Part) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(size));
        }
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(part.length());
        return part;
    }

    private static ProblemException outOfBounds(@Nullable String range, long size) {
        String message = "must begin within the " + size + " bytes of the payload";
        return ProblemException.of(
                HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                HttpHeaders.RANGE + ": " + message,
                List.of(ProblemException.error(HttpHeaders.RANGE, message, range)));
    }

    /** Counts as it goes, so that long downloads show while they run. */
    private void send(DynamicStorage.Content content, ByteRange.Part part, OutputStream out) throws IOException {
        long at = part.position();
        long end = at + part.length();
        while (at < end) {
            long length = Math.min(COUNTED_AT_ONCE, end - at);
            content.copyTo(out, at, length);
            metrics.count(length);
            at += length;
        }
    }

    /** The version is there and its bytes are not, or not in full; unless it was deleted just now. */
    private ProblemException lost(Version version) {
        if (catalog.find(version.service(), version.version()).isEmpty()) {
            return unknown(version.service(), version.version());
        }
        log.error(
                "storage has lost the bytes of {} {}, SHA-256 {}: bring them back from a backup, or upload the version again",
                version.service(),
                version.version(),
                version.payload().sha256());
        return ProblemException.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The bytes of version " + version.version() + " of " + version.service()
                        + " are lost; upload the same bytes again to bring them back",
                List.of());
    }

    private static ProblemException unknown(String service, String version) {
        return ProblemException.notFound(
                "version", version, "There is no version '" + version + "' of '" + service + "'");
    }
}

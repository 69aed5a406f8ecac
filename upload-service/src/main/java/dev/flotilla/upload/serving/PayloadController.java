package dev.flotilla.upload.serving;

import dev.flotilla.api.Names;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import dev.flotilla.upload.connection.Connections;
import dev.flotilla.upload.receiving.ReprDigest;
import dev.flotilla.upload.storage.DynamicStorage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Downloads. A payload never changes, so its digest is its entity tag, and a broken download goes on where it broke off. One of the whole
 * payload is verified while it is sent, and breaks off before its end where storage has damaged it; for a range, the header
 * {@code Repr-Digest} says what all of them together must be.
 */
@RestController
class PayloadController {
    private final StoredPayloads payloads;
    private final DownloadMetrics metrics;

    PayloadController(StoredPayloads payloads, DownloadMetrics metrics) {
        this.payloads = payloads;
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
        requireMayDownload(service);
        Version found = payloads.version(service, version);
        try (DynamicStorage.Content content = payloads.open(found)) {
            String tag = "\"" + found.payload().sha256() + "\"";
            if (new ServletWebRequest(request, response).checkNotModified(tag)) {
                return;
            }
            boolean head = HttpMethod.HEAD.matches(request.getMethod());
            boolean ranged = !head && (ifRange == null || ifRange.equals(tag));
            ByteRange.Part part = choose(ranged ? range : null, content.size(), response);
            describe(found, response);
            if (!head) {
                Sending sending = new Sending(content, response.getOutputStream(), metrics);
                if (part.length() < content.size()) {
                    sending.part(part);
                } else {
                    sending.whole(found.payload().sha256());
                }
            }
        } catch (DamagedException e) {
            ProblemException problem = payloads.broken(found, "damaged");
            if (response.isCommitted()) {
                Connections.breakOff(request);
                return;
            }
            response.reset();
            throw problem;
        }
    }

    private static void requireMayDownload(String service) {
        Caller caller = Caller.current();
        if (!caller.has(Role.MACHINE, Role.SERVICE)) {
            caller.require(Role.PUBLISHER, Role.DEPLOYER);
            caller.requireService(service);
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
}

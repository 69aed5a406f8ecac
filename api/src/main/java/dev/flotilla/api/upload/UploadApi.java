package dev.flotilla.api.upload;

import dev.flotilla.api.Page;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;

/**
 * Versions. The bytes themselves are streamed and so are not part of this interface: {@code PUT} {@link #VERSION_PATH} takes
 * the raw bytes of a version (201; 200 when the same bytes are there already; 409 when others are, or were before it was deleted), with an
 * optional {@code Repr-Digest} or {@code Content-Digest} (RFC 9530) that is verified, and needs {@code publisher} and the service; {@code GET}
 * {@link #PAYLOAD_PATH} gives them, whole or by ranges, under the file name {@code service_version}, and needs {@code machine} or
 * {@code service}, or {@code publisher} or {@code deployer} and the service: who merely looks sees that a version is there, how large it is
 * and its digest, but not the program.
 */
public interface UploadApi {
    String VERSION_PATH = "/v1/services/{service}/versions/{version}";
    String PAYLOAD_PATH = VERSION_PATH + "/payload";

    /** Services by name. */
    @GetExchange("/v1/services")
    Page<ServiceSummary> services(
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** The versions of a service, newest first; empty for a service that has none. */
    @GetExchange("/v1/services/{service}/versions")
    Page<Version> versions(
            @PathVariable @ServiceName String service,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** One version; 404 where there is none of that name. */
    @GetExchange(VERSION_PATH)
    Version version(@PathVariable @ServiceName String service, @PathVariable @VersionName String version);

    /** The deleted versions of a service, those uploaded last first. Machines may still run one that were silent when it was deleted. */
    @GetExchange("/v1/services/{service}/deleted-versions")
    Page<DeletedVersion> deletedVersions(
            @PathVariable @ServiceName String service,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** One deleted version; 404 where none of that name was deleted, or it was uploaded again. */
    @GetExchange("/v1/services/{service}/deleted-versions/{version}")
    DeletedVersion deletedVersion(@PathVariable @ServiceName String service, @PathVariable @VersionName String version);

    /**
     * Removes a version that no deployment targets and no machine has; 409 with the deployments, or with the number of the machines and
     * some of their names, otherwise. Machines that are lost don't count. Its name stays taken for the same bytes. Needs
     * {@code publisher} and the service.
     */
    @DeleteExchange(VERSION_PATH)
    void deleteVersion(@PathVariable @ServiceName String service, @PathVariable @VersionName String version);
}

package dev.flotilla.upload;

import dev.flotilla.api.Names;
import dev.flotilla.api.Page;
import dev.flotilla.api.upload.DeletedVersion;
import dev.flotilla.api.upload.ServiceSummary;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import dev.flotilla.upload.catalog.CatalogEntry;
import dev.flotilla.upload.catalog.DeletedEntry;
import dev.flotilla.upload.catalog.VersionCatalog;
import dev.flotilla.upload.deletion.VersionDeletion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists, shows and deletes versions. */
@RestController
class VersionController implements UploadApi {
    private static final int MOST = 1000;
    private final VersionCatalog catalog;
    private final VersionDeletion deletion;

    VersionController(VersionCatalog catalog, VersionDeletion deletion) {
        this.catalog = catalog;
        this.deletion = deletion;
    }

    @Override
    public Page<ServiceSummary> services(int limit, @Nullable String cursor) {
        int wanted = Limits.check(limit, MOST);
        String after = cursor == null ? "" : serviceIn(cursor);
        List<ServiceSummary> found = catalog.services(after, wanted + 1);
        if (found.size() <= wanted) {
            return new Page<>(found, null);
        }
        List<ServiceSummary> page = found.subList(0, wanted);
        return new Page<>(page, Cursors.encode(page.getLast().service()));
    }

    @Override
    public Page<Version> versions(String service, int limit, @Nullable String cursor) {
        int wanted = Limits.check(limit, MOST);
        long below = cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor);
        List<CatalogEntry> found = catalog.newest(service, below, wanted + 1);
        boolean more = found.size() > wanted;
        List<CatalogEntry> page = more ? found.subList(0, wanted) : found;
        return new Page<>(
                page.stream().map(CatalogEntry::version).toList(),
                more ? Cursors.encode(Long.toString(page.getLast().seq())) : null);
    }

    @Override
    public Version version(String service, String version) {
        return catalog.find(service, version).orElseThrow(() -> unknown(service, version));
    }

    @Override
    public Page<DeletedVersion> deletedVersions(String service, int limit, @Nullable String cursor) {
        int wanted = Limits.check(limit, MOST);
        long below = cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor);
        List<DeletedEntry> found = catalog.deleted(service, below, wanted + 1);
        boolean more = found.size() > wanted;
        List<DeletedEntry> page = more ? found.subList(0, wanted) : found;
        return new Page<>(
                page.stream().map(DeletedEntry::deleted).toList(),
                more ? Cursors.encode(Long.toString(page.getLast().seq())) : null);
    }

    @Override
    public DeletedVersion deletedVersion(String service, String version) {
        return catalog.deleted(service, version)
                .map(DeletedEntry::deleted)
                .orElseThrow(() -> ProblemException.notFound(
                        "version", version, "No version '" + version + "' of '" + service + "' was deleted"));
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteVersion(String service, String version) {
        Caller caller = Caller.current();
        caller.require(Role.PUBLISHER);
        caller.requireService(service);
        if (!deletion.delete(service, version, caller.name())) {
            throw unknown(service, version);
        }
    }

    private static String serviceIn(String cursor) {
        String service = Cursors.decode(cursor, 1).getFirst();
        if (!Names.isService(service)) {
            throw ProblemException.badRequest("cursor", "must be the nextCursor of a page of the same list", cursor);
        }
        return service;
    }

    private ProblemException unknown(String service, String version) {
        String none = "There is no version '" + version + "' of '" + service + "'";
        return ProblemException.notFound(
                "version",
                version,
                catalog.deleted(service, version)
                        .map(DeletedEntry::deleted)
                        .map(gone -> none + ": " + gone.deletedBy() + " deleted it at " + gone.deletedAt())
                        .orElse(none));
    }
}

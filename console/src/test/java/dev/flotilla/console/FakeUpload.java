package dev.flotilla.console;

import dev.flotilla.api.Page;
import dev.flotilla.api.upload.DeletedVersion;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.ServiceSummary;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Every version exists. */
class FakeUpload implements UploadApi {
    @Override
    public Version version(String service, String version) {
        return new Version(
                service, version, new Payload("ab".repeat(32), 35_224), Instant.parse("2026-11-22T09:30:00Z"), "petra");
    }

    @Override
    public Page<ServiceSummary> services(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Version> versions(String service, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<DeletedVersion> deletedVersions(String service, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeletedVersion deletedVersion(String service, String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteVersion(String service, String version) {
        throw new UnsupportedOperationException();
    }
}

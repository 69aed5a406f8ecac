package dev.flotilla.target.declaration;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.upload.DeletedVersion;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.ServiceSummary;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An upload-service that has the versions it is given. */
final class FakeUploads implements UploadApi {
    private final Map<String, Payload> payloads = new ConcurrentHashMap<>();
    private volatile boolean away;
    private volatile Runnable afterAnswer = () -> {};

    void clear() {
        payloads.clear();
        away = false;
        afterAnswer = () -> {};
    }

    Payload add(String service, String version) {
        Payload payload = new Payload("%064x".formatted(version.hashCode()), 42);
        payloads.put(service + "_" + version, payload);
        return payload;
    }

    void replace(String service, String version) {
        payloads.put(service + "_" + version, new Payload("f".repeat(64), 43));
    }

    void remove(String service, String version) {
        payloads.remove(service + "_" + version);
    }

    void goAway() {
        away = true;
    }

    /** Runs this once, after the next question about a version is answered. */
    void afterNextAnswer(Runnable action) {
        afterAnswer = action;
    }

    @Override
    public Version version(String service, String version) {
        if (away) {
            throw new RemoteUnavailable("upload-service", "it is away", null);
        }
        Payload payload = payloads.get(service + "_" + version);
        if (payload == null) {
            throw new RemoteProblem(
                    "upload-service", new Problem(null, "Not Found", 404, "no such version", null, List.of()));
        }
        Runnable action = afterAnswer;
        afterAnswer = () -> {};
        action.run();
        return new Version(service, version, payload, Instant.EPOCH, "publisher");
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

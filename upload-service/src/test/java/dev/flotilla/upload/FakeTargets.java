package dev.flotilla.upload;

import dev.flotilla.api.Page;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A target-service in which tests say what targets a version, and what happens while it is asked. */
public final class FakeTargets implements TargetApi {
    private final Map<String, List<DeploymentSummary>> targeting = new ConcurrentHashMap<>();
    private final Map<String, Runnable> whenAsked = new ConcurrentHashMap<>();

    public void target(String service, String version, String... deploymentIds) {
        List<DeploymentSummary> deployments = new ArrayList<>();
        for (String id : deploymentIds) {
            deployments.add(new DeploymentSummary(
                    id,
                    Long.parseLong(id.substring(1)),
                    service,
                    version,
                    new Payload("0".repeat(64), 1),
                    1,
                    0,
                    RolloutOptions.DEFAULTS,
                    "tester",
                    Instant.EPOCH,
                    null,
                    null));
        }
        targeting.put(service + "/" + version, deployments);
    }

    public void beUnreachableFor(String service, String version) {
        whenAsked(service, version, () -> {
            throw new RemoteUnavailable("target-service", "connection refused", null);
        });
    }

    public void whenAsked(String service, String version, Runnable action) {
        whenAsked.put(service + "/" + version, action);
    }

    public void answerAgain(String service, String version) {
        whenAsked.remove(service + "/" + version);
    }

    @Override
    public Page<DeploymentSummary> targeting(String service, String version) {
        whenAsked.getOrDefault(service + "/" + version, () -> {}).run();
        return new Page<>(targeting.getOrDefault(service + "/" + version, List.of()), null);
    }

    @Override
    public Deployment requestDeployPayloadToTargets(String service, String version, DeploymentRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deployment preview(String service, String version, DeploymentRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<DeploymentSummary> deploymentsAfter(long afterRevision, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deployment deployment(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<DeploymentSummary> history(String service, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeploymentSummary declaredFor(String service, String machine) {
        throw new UnsupportedOperationException();
    }
}

package dev.flotilla.orchestrator.testing;

import static java.util.Collections.disjoint;
import static java.util.Objects.requireNonNull;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Declarations in memory. */
public final class FakeTargets implements TargetApi {
    private final List<Deployment> declared = new CopyOnWriteArrayList<>();
    private final AtomicLong revisions = new AtomicLong();

    public Deployment declare(
            String service, String version, RolloutOptions options, List<String> machines, MachineGroup... groups) {
        return declare(
                service, version, new DeploymentRequest(machines, List.of(groups), quick(options), null, null, null));
    }

    private synchronized Deployment declare(String service, String version, DeploymentRequest request) {
        Deployment deployment = deployment(revisions.addAndGet(2), service, version, request);
        declared.add(deployment);
        return deployment;
    }

    private static Deployment deployment(long revision, String service, String version, DeploymentRequest request) {
        return new Deployment(
                "d" + revision,
                revision,
                service,
                version,
                new Payload(sha256(version), 1000),
                request.targets(),
                requireNonNull(request.options()),
                "tester",
                Instant.now(),
                request.reason(),
                request.rollbackOf());
    }

    /** The version 404 is not there. */
    @Override
    public Deployment preview(String service, String version, DeploymentRequest request) {
        if (version.equals("404")) {
            throw new RemoteProblem(
                    "target-service",
                    new Problem(
                            null,
                            "Not Found",
                            404,
                            "There is no version '404'",
                            null,
                            List.of(new Problem.FieldError("version", "does not exist", version))));
        }
        RolloutOptions options = request.options() == null ? RolloutOptions.DEFAULTS : request.options();
        return declared.reversed().stream()
                .filter(there -> there.service().equals(service))
                .limit(1)
                .filter(there ->
                        there.version().equals(version) && there.targets().equals(request.targets()))
                .findFirst()
                .orElseGet(() -> deployment(
                        0,
                        service,
                        version,
                        new DeploymentRequest(
                                request.machines(),
                                request.groups(),
                                quick(options),
                                request.reason(),
                                request.rollbackOf(),
                                request.asOf())));
    }

    /** Where a test does not say how long machines must prove themselves, they need not, and they have little time. */
    private static RolloutOptions quick(RolloutOptions options) {
        return new RolloutOptions(
                options.maxUnavailable(),
                options.failureThreshold(),
                options.maxAttempts(),
                options.canaryMachines(),
                options.equals(RolloutOptions.DEFAULTS) || options.minHealthyTime() == null
                        ? Duration.ZERO
                        : options.minHealthyTime(),
                options.equals(RolloutOptions.DEFAULTS) || options.healthyDeadline() == null
                        ? Duration.ofSeconds(3)
                        : options.healthyDeadline(),
                options.progressDeadline(),
                options.onFailure());
    }

    public static String sha256(String version) {
        return "%064x".formatted(Integer.toUnsignedLong(version.hashCode()));
    }

    @Override
    public Page<DeploymentSummary> deploymentsAfter(long afterRevision, int limit) {
        return new Page<>(
                declared.stream()
                        .filter(deployment -> deployment.revision() > afterRevision)
                        .limit(limit)
                        .map(FakeTargets::summary)
                        .toList(),
                null);
    }

    @Override
    public Deployment deployment(String id) {
        return declared.stream()
                .filter(deployment -> deployment.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static DeploymentSummary summary(Deployment deployment) {
        return new DeploymentSummary(
                deployment.id(),
                deployment.revision(),
                deployment.service(),
                deployment.version(),
                deployment.payload(),
                deployment.targets().machines().size(),
                deployment.targets().groups().size(),
                deployment.options(),
                deployment.declaredBy(),
                deployment.declaredAt(),
                deployment.reason(),
                deployment.rollbackOf());
    }

    @Override
    public Deployment requestDeployPayloadToTargets(String service, String version, DeploymentRequest request) {
        long asOf = requireNonNull(request.asOf());
        if (declared.stream()
                .filter(other -> other.service().equals(service) && other.revision() > asOf)
                .anyMatch(other ->
                        !disjoint(other.targets().machines(), request.targets().machines()))) {
            throw new RemoteProblem(
                    "target-service", new Problem(null, "Conflict", 409, "there is something newer", null, List.of()));
        }
        return declare(service, version, request);
    }

    @Override
    public Page<DeploymentSummary> history(String service, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<DeploymentSummary> targeting(String service, String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeploymentSummary declaredFor(String service, String machine) {
        throw new UnsupportedOperationException();
    }
}

package dev.flotilla.target.declaration;

import dev.flotilla.api.Page;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Declarations as JSON. */
@RestController
class TargetController implements TargetApi {
    private static final int LARGEST_PAGE = 1_000;
    private static final int MOST_TARGETING = 100;

    private final Declarer declarer;
    private final Deployments deployments;
    private final Announcements announcements;
    private final RolloutDefaults defaults;
    private final HttpServletResponse response;

    /** @param response stands for the response of the current request */
    TargetController(
            Declarer declarer,
            Deployments deployments,
            Announcements announcements,
            RolloutDefaults defaults,
            HttpServletResponse response) {
        this.declarer = declarer;
        this.deployments = deployments;
        this.announcements = announcements;
        this.defaults = defaults;
        this.response = response;
    }

    @Override
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "requestDeployPayloadToTargets", summary = "Declare that machines shall run a version")
    public Deployment requestDeployPayloadToTargets(String service, String version, DeploymentRequest request) {
        Caller caller = Caller.current();
        if (request.rollbackOf() == null || request.asOf() == null || !caller.has(Role.SERVICE)) {
            caller.require(Role.DEPLOYER);
            caller.requireService(service);
        }
        Deployment deployment = declarer.declare(wish(service, version, request, caller));
        response.setHeader(HttpHeaders.LOCATION, "/v1/deployments/" + deployment.id());
        return deployment;
    }

    @Override
    @Operation(summary = "What declaring it would answer now; nothing is declared")
    public Deployment preview(String service, String version, DeploymentRequest request) {
        return declarer.preview(wish(service, version, request, Caller.current()));
    }

    private Declarer.Wish wish(String service, String version, DeploymentRequest request, Caller caller) {
        return new Declarer.Wish(
                service,
                version,
                TargetList.of(request.targets()),
                defaults.fill(request.options() == null ? RolloutOptions.NONE : request.options()),
                caller.name(),
                request.reason(),
                request.rollbackOf(),
                request.asOf());
    }

    @Override
    public Page<DeploymentSummary> deploymentsAfter(long afterRevision, int limit) {
        Limits.check(limit, LARGEST_PAGE);
        return page(deployments.after(afterRevision, limit + 1), limit, last -> Long.toString(last.revision()));
    }

    @Override
    public Deployment deployment(String id) {
        return deployments
                .byRevision(DeploymentRows.revision(id))
                .orElseThrow(() -> ProblemException.notFound("id", id, "There is no deployment '" + id + "'."));
    }

    @Override
    public Page<DeploymentSummary> history(String service, int limit, @Nullable String cursor) {
        Limits.check(limit, LARGEST_PAGE);
        long before = cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor);
        return page(
                deployments.historyBefore(service, before, limit + 1),
                limit,
                last -> Cursors.encode(Long.toString(last.revision())));
    }

    @Override
    public Page<DeploymentSummary> targeting(String service, String version) {
        // In this order: a declaration that is stored between the two questions is found by the second.
        List<DeploymentSummary> announced = announcements.of(service, version);
        List<DeploymentSummary> stored = deployments.targeting(service, version, MOST_TARGETING);
        return new Page<>(
                Stream.concat(announced.stream(), stored.stream())
                        .limit(MOST_TARGETING)
                        .toList(),
                null);
    }

    @Override
    public DeploymentSummary declaredFor(String service, String machine) {
        return deployments
                .declaredFor(service, machine)
                .orElseThrow(() -> ProblemException.notFound(
                        "machine", machine, "No deployment of '" + service + "' names the machine '" + machine + "'."));
    }

    private static Page<DeploymentSummary> page(
            List<DeploymentSummary> found, int limit, Function<DeploymentSummary, String> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<DeploymentSummary> items = found.subList(0, limit);
        return new Page<>(items, cursor.apply(items.getLast()));
    }
}

package dev.flotilla.api.target;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Declarations. The machine list is also taken, and served, as {@code text/plain} at {@link #TARGETS_PATH}: one machine a line,
 * blank lines and lines from a {@code #} on left out, as the file {@code target_service_version}.
 */
public interface TargetApi {
    String TARGETS_PATH = "/v1/services/{service}/versions/{version}/targets";

    /**
     * {@code requestDeployPayloadToTargets}: 202 with the new deployment, or with the one there is when it says the same and nothing newer
     * touches its machines. 404 for an unknown version, 413 for too long a list, 422 with all unknown, malformed or repeated
     * machines. Needs {@code deployer} and the service; for a rollback that says {@code asOf}, {@code service} is enough.
     */
    @PutExchange(value = TARGETS_PATH, contentType = "application/json")
    Deployment requestDeployPayloadToTargets(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestBody @Valid DeploymentRequest request);

    /**
     * What {@link #requestDeployPayloadToTargets} would answer to the same request, with the same problems; nothing is declared, and any role may ask.
     * The deployment has the id {@value Deployment#UNDECLARED} and no revision, or those of the one that says the same already.
     */
    @PostExchange(value = TARGETS_PATH + "/preview", contentType = "application/json")
    Deployment preview(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestBody @Valid DeploymentRequest request);

    /** Deployments with a revision above the given one, oldest first: the feed that the orchestrator follows. */
    @GetExchange("/v1/deployments")
    Page<DeploymentSummary> deploymentsAfter(
            @RequestParam(required = false, defaultValue = "0") long afterRevision,
            @RequestParam(required = false, defaultValue = "100") int limit);

    /** One deployment; 404 where there is none. */
    @GetExchange("/v1/deployments/{id}")
    Deployment deployment(
            @PathVariable
                    @Pattern(regexp = DeploymentRequest.DEPLOYMENT, message = DeploymentRequest.DEPLOYMENT_ALLOWED)
                    String id);

    /** The declarations of a service, newest first. */
    @GetExchange("/v1/services/{service}/deployments")
    Page<DeploymentSummary> history(
            @PathVariable @ServiceName String service,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /**
     * The deployments that target a version and are not superseded on every machine and group they name; at most 100, newest first. One
     * that is being declared this moment counts too; it has no revision yet and stands first, as {@code d0}.
     */
    @GetExchange(value = "/v1/services/{service}/versions/{version}/deployments")
    Page<DeploymentSummary> targeting(
            @PathVariable @ServiceName String service, @PathVariable @VersionName String version);

    /** The deployment that names a machine one by one for a service last; 404 where none does. */
    @GetExchange("/v1/services/{service}/machines/{machine}/deployment")
    DeploymentSummary declaredFor(@PathVariable @ServiceName String service, @PathVariable @PlaceName String machine);
}

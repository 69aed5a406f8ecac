package dev.flotilla.api.orchestrator;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Progress. {@link #DEPLOYMENT_PATH} with {@code Accept: text/event-stream} streams the same {@link DeploymentProgress}, an event
 * {@code progress} at once and at every change, and ends after the deployment is complete, halted or superseded.
 */
public interface OrchestratorApi {
    String DEPLOYMENT_PATH = "/v1/deployments/{id}";
    String ID = "d[1-9]\\d{0,17}";
    String ID_ALLOWED = "must be the id of a deployment, such as d42";

    /** Deployments, newest first, without their rollouts. */
    @GetExchange("/v1/deployments")
    Page<DeploymentProgress> deployments(
            @RequestParam(required = false, defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** One deployment; 404 for one that the orchestrator has not taken up (yet). */
    @GetExchange(value = DEPLOYMENT_PATH, accept = "application/json")
    DeploymentProgress deployment(@PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id);

    /** Its machines, rollout by rollout and by name within one, those in the given phase only. */
    @GetExchange("/v1/deployments/{id}/machines")
    Page<MachineProgress> machines(
            @PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id,
            @RequestParam(required = false) @Nullable MachinePhase phase,
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** Why one machine is where it is. */
    @GetExchange("/v1/rollouts/{rollout}/machines/{machine}/explanation")
    MachineProgress explanation(
            @PathVariable
                    @Pattern(
                            regexp = ID + "~[A-Za-z0-9._-]{1,128}~[A-Za-z0-9._-]{1,128}",
                            message = "must be the id of a rollout, such as d42~prod-east~web")
                    String rollout,
            @PathVariable @PlaceName String machine);

    /** Lets a halted deployment go on: its failed machines are tried afresh. Needs {@code deployer} and the service; 409 when it is not halted. */
    @PostExchange("/v1/deployments/{id}/resume")
    DeploymentProgress resume(
            @PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id,
            @RequestBody @Valid ResumeRequest request);
}

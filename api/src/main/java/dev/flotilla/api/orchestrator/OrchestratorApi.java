package dev.flotilla.api.orchestrator;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
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
    String ROLLOUT = ID + "~[A-Za-z0-9._-]{1,128}~[A-Za-z0-9._-]{1,128}";
    String ROLLOUT_ALLOWED = "must be the id of a rollout, such as d42~prod-east~web";

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
            @PathVariable @Pattern(regexp = ROLLOUT, message = ROLLOUT_ALLOWED) String rollout,
            @PathVariable @PlaceName String machine);

    /** Why a rollout is where it is, what it waits for, and what would bring it on. */
    @GetExchange("/v1/rollouts/{rollout}/explanation")
    RolloutExplanation explanation(@PathVariable @Pattern(regexp = ROLLOUT, message = ROLLOUT_ALLOWED) String rollout);

    /**
     * What a deployment will still do, before anything runs and at any moment later: its waves, what waits or is passed by and why, how long it takes.
     * 404 as for {@link #deployment}. It looks at each machine of a page, so a page of whole groups takes a moment.
     *
     * @param limit how many rollouts on a page, 1 to 100
     * @param names how many machines are named for each wave, 0 to 10,000; their number is always the whole
     */
    @GetExchange("/v1/deployments/{id}/plan")
    DeploymentPlan plan(
            @PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id,
            @RequestParam(required = false, defaultValue = "20") int limit,
            @RequestParam(required = false, defaultValue = "100") int names,
            @RequestParam(required = false) @Nullable String cursor);

    /**
     * What a deployment would do that is not declared yet: the request is what would be declared at target-service, and is refused as it would be
     * there (404 for an unknown version, 413, 422 with all targets that can't be). Nothing is stored, claimed, or asked of tenants. The id of the
     * plan is {@value Deployment#UNDECLARED}; one that says the same as a deployment there is already is the plan of that one. Limits as for
     * {@link #plan}.
     */
    @PostExchange("/v1/services/{service}/versions/{version}/plan")
    DeploymentPlan preview(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestBody @Valid DeploymentRequest request,
            @RequestParam(required = false, defaultValue = "20") int limit,
            @RequestParam(required = false, defaultValue = "100") int names,
            @RequestParam(required = false) @Nullable String cursor);

    /**
     * What {@link Command#ROLL_BACK} would do with a deployment now. Nothing is stopped or declared. 404 as for {@link #deployment}; 409 where the
     * command would be refused.
     *
     * @param rollout the one rollout that would be taken back; null for all of the deployment
     * @param names how many machines are named for each wave, 0 to 10,000
     */
    @GetExchange("/v1/deployments/{id}/rollback-plan")
    RollbackPlan rollbackPlan(
            @PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id,
            @RequestParam(required = false) @Pattern(regexp = ROLLOUT, message = ROLLOUT_ALLOWED) @Nullable
                    String rollout,
            @RequestParam(required = false, defaultValue = "100") int names);

    /**
     * Commands all of a deployment. Needs {@code deployer} and the service. 409 where the command does not apply now: to a deployment that is
     * not halted there is nothing to resume, and one whose machines ran nothing good before is not rolled back: nothing of it is stopped then.
     * Nor is anything resumed while a tenant's stop (a {@code STOP} of its verdict) stands in what would be: the tenant resumes its job first.
     */
    @PostExchange("/v1/deployments/{id}/commands")
    DeploymentProgress command(
            @PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id,
            @RequestBody @Valid CommandRequest request);

    /** Commands one rollout of a deployment, as {@link #command} does all of it. */
    @PostExchange("/v1/rollouts/{rollout}/commands")
    DeploymentProgress commandRollout(
            @PathVariable @Pattern(regexp = ROLLOUT, message = ROLLOUT_ALLOWED) String rollout,
            @RequestBody @Valid CommandRequest request);

    /** What was decided about a deployment, by people, tenants and by itself, oldest first: the declaration and its reason before all else. */
    @GetExchange("/v1/deployments/{id}/history")
    Page<HistoryEntry> history(
            @PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);
}

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
     * Commands all of a deployment. Needs {@code deployer} and the service. 409 where the command does not apply now: to a deployment that is
     * not halted there is nothing to resume.
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

    /** What was decided about a deployment, by people and by itself, oldest first. */
    @GetExchange("/v1/deployments/{id}/history")
    Page<HistoryEntry> history(
            @PathVariable @Pattern(regexp = ID, message = ID_ALLOWED) String id,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);
}

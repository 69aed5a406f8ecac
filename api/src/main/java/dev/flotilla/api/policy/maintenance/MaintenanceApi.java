package dev.flotilla.api.policy.maintenance;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.policy.WorkId;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Maintenance requests. A tenant's own affairs take the role {@code tenant} and the tenant among those of the token, or {@code operator};
 * {@code PUT /v1/maintenance/{job}} takes {@code service}.
 */
public interface MaintenanceApi {
    /**
     * States what a rollout wants to do now, and answers whether it may. Idempotent, and meant to be said again on each round: that is also how
     * a job stays alive; one that is not heard of for {@code flotilla.policy.maintenance.expiry} (1 hour) fails, visibly to the tenant, and is
     * asked anew if it comes back. With a {@code finished} the job ends, and the answer is {@code GO}.
     *
     * <p>{@code WAIT} where a fault domain of the job is still in impact and another is to begin: end it first. 409 for an epoch that is lower than
     * one that the job was spoken for with before: nothing is changed.
     */
    @PutExchange("/v1/maintenance/{job}")
    MaintenanceVerdict intend(@PathVariable @WorkId String job, @RequestBody @Valid MaintenanceIntent intent);

    /**
     * How tenants stand to a job as it is now, without asking them anything: what {@link #intend} would answer if it said the same again. {@code GO}
     * of those that have nothing against it, or have not been asked.
     *
     * @param tenant at most 100 of them
     */
    @GetExchange("/v1/maintenance/{job}")
    MaintenanceVerdict standing(@PathVariable @WorkId String job, @RequestParam List<String> tenant);

    /**
     * What tenants have said about a deployment's jobs that changes their course, the oldest first: all but acknowledgements.
     *
     * @param after the sequence of the last event that is known already
     */
    @GetExchange("/v1/maintenance-words")
    List<MaintenanceEvent> words(
            @RequestParam @WorkId String deployment,
            @RequestParam(required = false, defaultValue = "0") long after,
            @RequestParam(required = false, defaultValue = "1000") int limit);

    /** Adds or changes a tenant's settings. */
    @PutExchange("/v1/tenants/{tenant}")
    TenantSettings.Stored putTenant(
            @PathVariable @PlaceName String tenant, @RequestBody @Valid TenantSettings settings);

    /** The settings of a tenant, defaults filled in; 404 where it has none. */
    @GetExchange("/v1/tenants/{tenant}")
    TenantSettings.Stored tenant(@PathVariable @PlaceName String tenant);

    /** Removes them: the tenant is asked never. 409 while a job of it is open. 204. */
    @DeleteExchange("/v1/tenants/{tenant}")
    void deleteTenant(@PathVariable @PlaceName String tenant);

    /**
     * Tenants that have settings, by name.
     *
     * @param tenant only those of these, at most 100; null for all
     */
    @GetExchange("/v1/tenants")
    Page<TenantSettings.Stored> tenants(
            @RequestParam(required = false) @Nullable List<String> tenant,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /**
     * The document, with its incarnation as ETag. 304 where that is the one in {@code If-None-Match}, as soon as that is certain: with
     * {@code wait}, after that time without a change.
     *
     * @param wait at most {@code PT60S}; null for at once
     */
    @GetExchange("/v1/tenants/{tenant}/maintenance")
    ResponseEntity<MaintenanceDocument> document(
            @PathVariable @PlaceName String tenant,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch,
            @RequestParam(required = false) @Nullable Duration wait);

    /** Answers, and gives back the document that comes of it. */
    @PostExchange("/v1/tenants/{tenant}/maintenance/answers")
    MaintenanceDocument answer(@PathVariable @PlaceName String tenant, @RequestBody @Valid MaintenanceAnswers answers);

    /** What happened, the latest first. */
    @GetExchange("/v1/tenants/{tenant}/maintenance/history")
    Page<MaintenanceEvent> history(
            @PathVariable @PlaceName String tenant,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);
}

package dev.flotilla.api.policy;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Policies and overrides, and the history of every change. Changing needs {@code operator}. What is stored is honoured by every decision that is
 * asked for afterwards, whichever instance is asked.
 */
public interface RulesApi {
    /** Adds a policy, or changes the one of that name. The same again changes nothing and makes no revision. */
    @PutExchange("/v1/policies/{name}")
    Policy.Stored putPolicy(@PathVariable @PlaceName String name, @RequestBody @Valid Policy policy);

    /** One policy, ended or not; 404 where there is none of that name. */
    @GetExchange("/v1/policies/{name}")
    Policy.Stored policy(@PathVariable @PlaceName String name);

    /** Removes a policy; nothing happens where there is none. 204. */
    @DeleteExchange("/v1/policies/{name}")
    void deletePolicy(@PathVariable @PlaceName String name);

    /** Policies by name, those that ended left out: of this effect, and with exactly these names in their selector. */
    @GetExchange("/v1/policies")
    Page<Policy.Stored> policies(
            @RequestParam(required = false) @Nullable Effect effect,
            @RequestParam(required = false) @Nullable @ServiceName String service,
            @RequestParam(required = false) @Nullable @PlaceName String environment,
            @RequestParam(required = false) @Nullable @PlaceName String tenant,
            @RequestParam(required = false) @Nullable @PlaceName String machine,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** Adds an override, or changes the one of that name. 422 where it names a policy or opt-out that is not there. */
    @PutExchange("/v1/overrides/{name}")
    PolicyOverride.Stored putOverride(
            @PathVariable @PlaceName String name, @RequestBody @Valid PolicyOverride override);

    /** One override, ended or not; 404 where there is none of that name. */
    @GetExchange("/v1/overrides/{name}")
    PolicyOverride.Stored override(@PathVariable @PlaceName String name);

    /** Ends an override; nothing happens where there is none. 204. */
    @DeleteExchange("/v1/overrides/{name}")
    void deleteOverride(@PathVariable @PlaceName String name);

    /** Overrides by name, those that ended left out. */
    @GetExchange("/v1/overrides")
    Page<PolicyOverride.Stored> overrides(
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** Every change of policies, opt-outs and overrides, the latest first; of this kind and name only, where given. */
    @GetExchange("/v1/policy-revisions")
    Page<Revision> revisions(
            @RequestParam(required = false) Decision.@Nullable Kind kind,
            @RequestParam(required = false) @Nullable @PlaceName String name,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);
}

package dev.flotilla.policy.rule;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.Revision;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Policies, overrides and their history over REST. */
@RestController
class RulesController implements RulesApi {
    private static final int LARGEST_PAGE = 1_000;

    private final Policies policies;
    private final Overrides overrides;
    private final RuleHistory history;

    RulesController(Policies policies, Overrides overrides, RuleHistory history) {
        this.policies = policies;
        this.overrides = overrides;
        this.history = history;
    }

    @Override
    public Policy.Stored putPolicy(String name, Policy policy) {
        return policies.put(name, policy);
    }

    @Override
    public Policy.Stored policy(String name) {
        return policies.find(name);
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deletePolicy(String name) {
        policies.delete(name);
    }

    @Override
    public Page<Policy.Stored> policies(
            @Nullable Effect effect,
            @Nullable String service,
            @Nullable String environment,
            @Nullable String tenant,
            @Nullable String machine,
            int limit,
            @Nullable String cursor) {
        Map<String, Object> selector = new HashMap<>();
        selector.put("service", service);
        selector.put("environment", environment);
        selector.put("tenant", tenant);
        selector.put("machine", machine);
        selector.values().removeIf(java.util.Objects::isNull);
        Map<String, Object> containing = new HashMap<>();
        containing.put("selector", selector);
        if (effect != null) {
            containing.put("effect", effect);
        }
        return policies.page(limit, cursor, containing);
    }

    @Override
    public PolicyOverride.Stored putOverride(String name, PolicyOverride override) {
        return overrides.put(name, override);
    }

    @Override
    public PolicyOverride.Stored override(String name) {
        return overrides.find(name);
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteOverride(String name) {
        overrides.delete(name);
    }

    @Override
    public Page<PolicyOverride.Stored> overrides(int limit, @Nullable String cursor) {
        return overrides.page(limit, cursor);
    }

    @Override
    public Page<Revision> revisions(@Nullable Kind kind, @Nullable String name, int limit, @Nullable String cursor) {
        Limits.check(limit, LARGEST_PAGE);
        List<Revision> found =
                history.before(cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor), kind, name, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<Revision> page = found.subList(0, limit);
        return new Page<>(page, Cursors.encode(Long.toString(page.getLast().revision())));
    }
}

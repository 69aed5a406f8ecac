package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.Revision;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.api.policy.Selector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Every policy that is asked for is there, and olga's. */
public final class FakeRules implements RulesApi {
    @Override
    public Policy.Stored policy(String name) {
        Policy policy = new Policy(
                new Selector(null, null, null, null, null, null, null), Effect.DEFER, null, null, "quiet", null, null);
        return new Policy.Stored(name, policy, 1, "olga", Instant.EPOCH, "olga", Instant.EPOCH);
    }

    @Override
    public Policy.Stored putPolicy(String name, Policy policy) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deletePolicy(String name) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    @Override
    public PolicyOverride.Stored putOverride(String name, PolicyOverride override) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PolicyOverride.Stored override(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteOverride(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<PolicyOverride.Stored> overrides(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Revision> revisions(
            Decision.@Nullable Kind kind, @Nullable String name, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}

package dev.flotilla.policy.rule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rules of a kind are listed.
 *
 * @param condition in SQL, over their {@code definition}
 */
record RuleFilter(String condition, Map<String, @Nullable Object> params) {
    static final RuleFilter ALL = new RuleFilter("true", Map.of());

    /** Those whose definition contains this JSON. */
    static RuleFilter containing(String json) {
        return new RuleFilter("definition @> cast(:containing as jsonb)", Map.of("containing", json));
    }

    /** Opt-outs that select a machine of this tenant. */
    static RuleFilter selecting(String machine, @Nullable String tenant) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("machine", machine);
        params.put("tenant", tenant);
        return new RuleFilter(
                "(definition->>'machine' is null or definition->>'machine' = :machine)"
                        + " and (definition->>'tenant' is null or definition->>'tenant' = cast(:tenant as text))",
                params);
    }
}

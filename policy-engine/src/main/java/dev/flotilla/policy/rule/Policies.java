package dev.flotilla.policy.rule;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Policy;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The policies that there are. */
@Component
class Policies {
    private final Rules rules;
    private final SelectorTargets targets;

    Policies(Rules rules, SelectorTargets targets) {
        this.rules = rules;
        this.targets = targets;
    }

    Policy.Stored put(String name, Policy policy) {
        Rules.operator();
        Instant now = rules.now();
        PolicyCheck.selector(policy.selector());
        PolicyCheck.condition(policy.condition());
        PolicyCheck.schedule(policy, now);
        Instant until = Rules.checkedUntil(policy.until(), now);
        if (!Boolean.TRUE.equals(policy.mayMatchNothing())) {
            targets.require(policy.selector());
        }
        Policy checked = new Policy(
                policy.selector(),
                policy.effect(),
                policy.condition(),
                policy.schedule(),
                policy.reason(),
                until,
                policy.mayMatchNothing());
        return stored(rules.put(Kind.POLICY, name, checked, until), checked);
    }

    Policy.Stored find(String name) {
        return rules.found(Kind.POLICY, name, Policy.class, Policies::stored);
    }

    void delete(String name) {
        rules.delete(Kind.POLICY, name);
    }

    Page<Policy.Stored> page(int limit, @Nullable String cursor, Map<String, Object> containing) {
        return rules.page(Kind.POLICY, limit, cursor, rules.containing(containing), Policy.class, Policies::stored);
    }

    private static Policy.Stored stored(StoredRule rule, Policy policy) {
        return new Policy.Stored(
                rule.name(),
                policy,
                rule.revision(),
                rule.createdBy(),
                rule.createdAt(),
                rule.changedBy(),
                rule.changedAt());
    }
}

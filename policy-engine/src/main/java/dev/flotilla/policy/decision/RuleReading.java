package dev.flotilla.policy.decision;

import dev.flotilla.policy.decision.condition.ConditionFailed;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What rules say at one moment. Schedules are read once for a whole request, and all its conditions together have a budget. */
final class RuleReading {
    /** In nodes, as {@code Condition.cost()}: less than a second. */
    static final long BUDGET = 2_000_000;

    private final Instant now;
    private final IdentityHashMap<PolicyRule, Optional<Verdict>> scheduled = new IdentityHashMap<>();
    private long spent;

    RuleReading(Instant now) {
        this.now = now;
    }

    /** What a rule that matches a change says of it; null where it says nothing. */
    @Nullable
    Verdict verdict(Rule rule, Change change) {
        if (rule.endedBy(now)) {
            return null;
        }
        return switch (rule) {
            case PolicyRule policy -> {
                Verdict verdict =
                        scheduled.computeIfAbsent(policy, any -> policy.at(now)).orElse(null);
                yield verdict == null ? null : conditional(policy, verdict, change);
            }
            case OptOutRule optOut -> optOut.verdict();
            case OverrideRule override -> null;
        };
    }

    private @Nullable Verdict conditional(PolicyRule policy, Verdict verdict, Change change) {
        long cost = policy.cost();
        if (cost == 0) {
            return verdict;
        }
        spent += cost;
        if (spent > BUDGET) {
            return policy.failed("the conditions that apply to this request cost more than " + BUDGET
                    + " nodes together; ask for fewer machines at once, or make selectors narrower");
        }
        try {
            return policy.holds(change, now) ? verdict : null;
        } catch (ConditionFailed e) {
            return policy.failed(String.valueOf(e.getMessage()));
        }
    }

    long spent() {
        return spent;
    }

    /** The overrides among these rules that have not ended. */
    List<OverrideRule> overrides(List<Rule> rules) {
        return rules.stream()
                .filter(OverrideRule.class::isInstance)
                .map(OverrideRule.class::cast)
                .filter(override -> !override.endedBy(now))
                .toList();
    }
}

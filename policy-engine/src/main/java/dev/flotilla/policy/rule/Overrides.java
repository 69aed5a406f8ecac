package dev.flotilla.policy.rule;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The overrides that there are. */
@Component
class Overrides {
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Rules rules;

    Overrides(Rules rules) {
        this.rules = rules;
    }

    PolicyOverride.Stored put(String name, PolicyOverride override) {
        Rules.operator();
        Instant now = rules.now();
        PolicyCheck.selector(override.selector());
        requireSomethingToLift(override);
        Instant until = Objects.requireNonNull(Rules.checkedUntil(override.until(), now));
        if (until.isAfter(now.plus(LONGEST))) {
            throw ProblemException.badRequest(
                    "until", "must be at most 7 days ahead: an override is for an emergency", until);
        }
        PolicyOverride checked = new PolicyOverride(
                override.selector(),
                override.policies(),
                override.optOuts(),
                override.allDeferrals(),
                override.reason(),
                override.holder(),
                until);
        return stored(rules.put(Kind.OVERRIDE, name, checked, until), checked);
    }

    private void requireSomethingToLift(PolicyOverride override) {
        if (isEmpty(override.policies())
                && isEmpty(override.optOuts())
                && !Boolean.TRUE.equals(override.allDeferrals())) {
            throw ProblemException.badRequest(
                    "policies", "must name what it lifts, or optOuts must, or allDeferrals must be true", null);
        }
        List<FieldError> errors = new ArrayList<>();
        requireThere("policies", Kind.POLICY, override.policies(), errors);
        requireThere("optOuts", Kind.OPT_OUT, override.optOuts(), errors);
        if (!errors.isEmpty()) {
            throw ProblemException.unprocessable("The override names what is not there.", errors);
        }
    }

    private void requireThere(String field, Kind kind, @Nullable List<String> names, List<FieldError> errors) {
        for (int i = 0; names != null && i < names.size(); i++) {
            if (rules.find(kind, names.get(i)).isEmpty()) {
                errors.add(ProblemException.error(field + "[" + i + "]", "does not exist", names.get(i)));
            }
        }
    }

    private static boolean isEmpty(@Nullable List<String> names) {
        return names == null || names.isEmpty();
    }

    PolicyOverride.Stored find(String name) {
        return rules.found(Kind.OVERRIDE, name, PolicyOverride.class, Overrides::stored);
    }

    void delete(String name) {
        rules.delete(Kind.OVERRIDE, name);
    }

    Page<PolicyOverride.Stored> page(int limit, @Nullable String cursor) {
        return rules.page(Kind.OVERRIDE, limit, cursor, RuleFilter.ALL, PolicyOverride.class, Overrides::stored);
    }

    private static PolicyOverride.Stored stored(StoredRule rule, PolicyOverride override) {
        return new PolicyOverride.Stored(
                rule.name(),
                override,
                rule.revision(),
                rule.createdBy(),
                rule.createdAt(),
                rule.changedBy(),
                rule.changedAt());
    }
}

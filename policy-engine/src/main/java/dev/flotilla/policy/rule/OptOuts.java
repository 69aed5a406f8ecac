package dev.flotilla.policy.rule;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The opt-outs that there are. */
@Component
public class OptOuts {
    private final Rules rules;

    OptOuts(Rules rules) {
        this.rules = rules;
    }

    public OptOut.Stored put(String name, OptOut optOut) {
        Rules.operator();
        if (optOut.machine() == null && optOut.service() == null && optOut.tenant() == null) {
            throw ProblemException.badRequest("machine", "must be given, or service, or tenant, or several", null);
        }
        Instant until = Rules.checkedUntil(optOut.until(), rules.now());
        OptOut checked = new OptOut(optOut.machine(), optOut.service(), optOut.tenant(), optOut.reason(), until);
        return stored(rules.put(Kind.OPT_OUT, name, checked, until), checked);
    }

    public OptOut.Stored find(String name) {
        return rules.found(Kind.OPT_OUT, name, OptOut.class, OptOuts::stored);
    }

    public void delete(String name) {
        rules.delete(Kind.OPT_OUT, name);
    }

    public Page<OptOut.Stored> page(int limit, @Nullable String cursor) {
        return rules.page(Kind.OPT_OUT, limit, cursor, Map.of(), OptOut.class, OptOuts::stored);
    }

    private static OptOut.Stored stored(StoredRule rule, OptOut optOut) {
        return new OptOut.Stored(rule.name(), optOut, rule.createdBy(), rule.createdAt());
    }
}

package dev.flotilla.policy.rule;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The opt-outs that there are. */
@Component
public class OptOuts {
    private final Rules rules;
    private final DeviceApi devices;

    OptOuts(Rules rules, DeviceApi devices) {
        this.rules = rules;
        this.devices = devices;
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

    public Page<OptOut.Stored> page(@Nullable String machine, int limit, @Nullable String cursor) {
        RuleFilter filter = machine == null ? RuleFilter.ALL : RuleFilter.selecting(machine, tenant(machine));
        return rules.page(Kind.OPT_OUT, limit, cursor, filter, OptOut.class, OptOuts::stored);
    }

    private @Nullable String tenant(String machine) {
        try {
            return devices.machine(machine).tenant();
        } catch (RemoteProblem e) {
            if (e.status() != 404) {
                throw e;
            }
            return null;
        }
    }

    private static OptOut.Stored stored(StoredRule rule, OptOut optOut) {
        return new OptOut.Stored(rule.name(), optOut, rule.createdBy(), rule.createdAt());
    }
}

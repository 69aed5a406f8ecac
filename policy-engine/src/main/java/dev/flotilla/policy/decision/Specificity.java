package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Selector;
import org.jspecify.annotations.Nullable;

/**
 * How narrow a selector is. A machine is narrower than anything else, then a tenant, a service, a machine function, an environment and a region;
 * each outweighs all that come after it together.
 */
public final class Specificity {
    /** Of a question put to the owner of this very machine: narrower than any selector. */
    static final int OWN = 64;

    private Specificity() {}

    static int of(Selector selector) {
        return weight(selector.machine(), 32)
                + weight(selector.tenant(), 16)
                + weight(selector.service(), 8)
                + weight(selector.machineFunction(), 4)
                + weight(selector.environment(), 2)
                + weight(selector.region(), 1);
    }

    private static int weight(@Nullable String name, int weight) {
        return name == null ? 0 : weight;
    }

    /** Whether all that the selector names is so. */
    static boolean matches(Selector selector, String service, Subject subject) {
        return fits(selector.machine(), subject.machine())
                && fits(selector.tenant(), subject.tenant())
                && fits(selector.service(), service)
                && fits(selector.machineFunction(), subject.machineFunction())
                && fits(selector.environment(), subject.environment())
                && fits(selector.region(), subject.region());
    }

    private static boolean fits(@Nullable String wanted, @Nullable String is) {
        return wanted == null || wanted.equals(is);
    }
}

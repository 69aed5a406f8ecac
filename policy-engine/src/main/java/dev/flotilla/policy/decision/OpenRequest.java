package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance request whose tenant has not said yes. It stands against every change of its machines but those of the rollout that asks.
 *
 * @param rollout whose request it is; null where that was not said
 * @param reason in words for a person
 * @param until when it may be otherwise; null when that is not known
 */
public record OpenRequest(
        String tenant,
        String job,
        @Nullable String rollout,
        Set<String> machines,
        String reason,
        @Nullable Instant until) {

    /** The same as far as it is about these machines. */
    public OpenRequest only(Set<String> wanted) {
        Set<String> some = new TreeSet<>(machines);
        some.retainAll(wanted);
        return new OpenRequest(tenant, job, rollout, some, reason, until);
    }

    Verdict verdict() {
        return new Verdict(Effect.DEFER, Decision.Kind.MAINTENANCE_REQUEST, job, reason, until, Specificity.OWN);
    }
}

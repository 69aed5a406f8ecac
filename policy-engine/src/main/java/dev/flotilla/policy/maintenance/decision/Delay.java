package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.StepKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time that a tenant took for one question beyond its deadline.
 *
 * @param until the deadline that this makes
 * @param by who asked for it
 * @param reason why; null where that was not said
 */
public record Delay(
        StepKind kind,
        String faultDomain,
        Instant until,
        String by,
        @Nullable String reason) {

    Delay laterBy(Duration time) {
        return new Delay(kind, faultDomain, until.plus(time), by, reason);
    }

    boolean isOf(StepKind wanted, String domain) {
        return kind == wanted && faultDomain.equals(domain);
    }
}

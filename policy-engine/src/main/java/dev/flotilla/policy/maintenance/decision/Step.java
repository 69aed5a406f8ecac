package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question that was put.
 *
 * @param asking on which terms
 * @param onSilence on which terms
 * @param goneAhead whether the rollout was told to go ahead; then it is too late for an answer other than an alert
 */
public record Step(
        int ordinal,
        StepKind kind,
        String faultDomain,
        StepState state,
        Instant since,
        Instant deadline,
        @Nullable Instant delayedUntil,
        Asking asking,
        OnSilence onSilence,
        boolean goneAhead) {

    static Step asked(int ordinal, StepKind kind, String faultDomain, Terms terms, Instant now) {
        boolean toldOnly = terms.asking() == Asking.NOTIFY && kind == StepKind.IMPACT_END;
        return new Step(
                ordinal,
                kind,
                faultDomain,
                StepState.WAITING,
                now,
                toldOnly ? now : now.plus(terms.deadline()),
                null,
                terms.asking(),
                terms.onSilence(),
                false);
    }

    Step in(StepState next) {
        return new Step(ordinal, kind, faultDomain, next, since, deadline, delayedUntil, asking, onSilence, goneAhead);
    }

    Step ahead() {
        return new Step(ordinal, kind, faultDomain, state, since, deadline, delayedUntil, asking, onSilence, true);
    }

    Step delayedBy(Duration delay) {
        Instant later = deadline.plus(delay);
        return new Step(ordinal, kind, faultDomain, state, since, later, later, asking, onSilence, goneAhead);
    }

    boolean isOf(StepKind wanted, String domain) {
        return kind == wanted && faultDomain.equals(domain);
    }

    /** Whether the tenant still has the word. */
    public boolean open() {
        return switch (state) {
            case WAITING, ALERTED -> true;
            case ACKNOWLEDGED -> false;
            case TIMED_OUT -> !goneAhead && !silenceGoesAhead();
        };
    }

    /** Whether it goes ahead when nobody answers. */
    public boolean silenceGoesAhead() {
        return asking == Asking.NOTIFY || onSilence == OnSilence.GO_AHEAD;
    }
}

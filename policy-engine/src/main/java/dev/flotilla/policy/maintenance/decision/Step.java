package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question that was put.
 *
 * @param delay what moved the deadline; null where nothing did
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
        @Nullable Delay delay,
        Asking asking,
        OnSilence onSilence,
        boolean goneAhead) {

    /** The next question of a job. A delay that the tenant was granted for the same one stands. */
    static Step asked(Job job, StepKind kind, String faultDomain, Terms terms, Instant now) {
        boolean toldOnly = terms.asking() == Asking.NOTIFY && kind == StepKind.IMPACT_END;
        Instant deadline = toldOnly ? now : now.plus(terms.deadline());
        Delay delay = job.delay();
        Delay granted =
                delay != null && delay.isOf(kind, faultDomain) && delay.until().isAfter(deadline) ? delay : null;
        return new Step(
                job.steps() + 1,
                kind,
                faultDomain,
                StepState.WAITING,
                now,
                granted == null ? deadline : granted.until(),
                granted,
                terms.asking(),
                terms.onSilence(),
                false);
    }

    Step in(StepState next) {
        return new Step(ordinal, kind, faultDomain, next, since, deadline, delay, asking, onSilence, goneAhead);
    }

    Step ahead() {
        return new Step(ordinal, kind, faultDomain, state, since, deadline, delay, asking, onSilence, true);
    }

    Step delayed(Delay granted) {
        return new Step(
                ordinal, kind, faultDomain, state, since, granted.until(), granted, asking, onSilence, goneAhead);
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

package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Current;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.policy.maintenance.decision.Outcome.Ruling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a job that was taken up may go ahead with a step. */
final class StepRuling {
    private final Draft draft;
    private final String by;
    private Job job;

    StepRuling(Draft draft, Job job, String by) {
        this.draft = draft;
        this.job = job;
        this.by = by;
    }

    /** @param current null where nothing is asked of the tenant now */
    Ruling ruling(@Nullable Current current) {
        return switch (job.state()) {
            case SUSPENDED, ALERTED, CANCELLED -> Standings.of(job);
            case COMPLETED, FAILED -> throw new IllegalStateException(job.id() + " has ended: " + job.state());
            case PENDING, EXECUTING -> current == null ? between() : of(current);
        };
    }

    private Ruling between() {
        if (job.step() != null && !job.step().goneAhead()) {
            draft.happened(job, "the question is withdrawn by its rollout", by);
            put(job.with(null));
        }
        return go("the tenant is asked nothing now");
    }

    private Ruling of(Current current) {
        String impact = job.inImpact();
        String domain = current.faultDomain();
        if (impact != null && !impact.equals(domain)) {
            return new Ruling(
                    State.WAIT,
                    "the fault domain " + impact + " is still in impact: end it before " + domain,
                    null,
                    null,
                    "the rollout ends the impact on " + impact);
        }
        Step step = job.step();
        boolean same = step != null && step.isOf(current.kind(), domain);
        if (current.kind() == StepKind.IMPACT_END && impact == null) {
            return go(
                    same
                            ? "the end of the impact on " + domain + " is closed"
                            : "no impact on " + domain + " was begun");
        }
        boolean begunBefore = current.kind() == StepKind.IMPACT_START && impact != null && job.begun();
        if (begunBefore) {
            if (!same) {
                withdraw(step);
            }
            return go("the impact on " + domain + " was gone ahead with");
        }
        if (!same || Objects.requireNonNull(step).goneAhead()) {
            if (draft.terms.asking() == Asking.NEVER) {
                return unasked(current);
            }
            step = ask(current);
        }
        return answered(Objects.requireNonNull(step));
    }

    /** Only a question that is not the one of the impact itself can be taken back. */
    private void withdraw(@Nullable Step step) {
        if (step != null && !step.goneAhead()) {
            draft.happened(job, "the question is withdrawn by its rollout", by);
            put(job.with(null));
        }
    }

    private Ruling unasked(Current current) {
        put(job.with(null)
                .impact(current.kind() == StepKind.IMPACT_START ? current.faultDomain() : null)
                .in(MaintenanceDocument.State.EXECUTING, "the tenant is asked never"));
        return go("the tenant is asked never");
    }

    private Step ask(Current current) {
        Step step = Step.asked(job, current.kind(), current.faultDomain(), draft.terms, draft.now);
        put(job.with(step)
                .in(
                        job.state(),
                        "the tenant is asked; silence means " + (step.silenceGoesAhead() ? "going ahead" : "waiting")));
        draft.happened(job, "asked: " + step.kind() + " of " + step.faultDomain() + ", until " + step.deadline(), by);
        if (draft.now.isBefore(step.deadline())) {
            return step;
        }
        Step told = step.in(StepState.TIMED_OUT);
        put(job.with(told));
        return told;
    }

    private Ruling answered(Step step) {
        return switch (step.state()) {
            case WAITING -> Standings.asked(job, step);
            case ACKNOWLEDGED -> ahead(step, "the tenant acknowledged " + name(step));
            case ALERTED -> Standings.of(job);
            case TIMED_OUT -> silent(step);
        };
    }

    private Ruling silent(Step step) {
        if (Alternatives.anotherIsApproved(draft, job)) {
            job = Alternatives.giveUp(draft, job, by);
            return Standings.of(job);
        }
        if (step.asking() == Asking.NOTIFY) {
            return ahead(step, "the tenant was told of " + name(step) + ", and is not asked");
        }
        return step.silenceGoesAhead()
                ? ahead(
                        step,
                        "nobody answered " + name(step) + " until " + step.deadline() + "; silence means go ahead here")
                : Standings.asked(job, step);
    }

    private Ruling ahead(Step step, String reason) {
        boolean starts = step.kind() == StepKind.IMPACT_START;
        put(job.with(step.ahead())
                .approvedBy(step)
                .impact(starts ? step.faultDomain() : null)
                .in(MaintenanceDocument.State.EXECUTING, reason));
        draft.happened(job, "gone ahead: " + reason, by);
        return go(reason);
    }

    private static String name(Step step) {
        return step.kind() + " of the fault domain " + step.faultDomain();
    }

    private static Ruling go(String reason) {
        return Ruling.go(reason);
    }

    private void put(Job changed) {
        job = changed;
        draft.put(changed);
    }
}

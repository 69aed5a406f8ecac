package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Answer;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.policy.maintenance.decision.Outcome.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tenant's answers, all of them or none. */
final class Answering {
    private final Draft draft;
    private final Event.Answer event;
    private final Outcome untouched;

    Answering(Draft draft, Event.Answer event) {
        this.draft = draft;
        this.event = event;
        this.untouched = draft.outcome(null, null);
    }

    Outcome outcome() {
        if (event.answers().incarnation() != untouched.state().incarnation()) {
            return refused(new Refusal(
                    true,
                    0,
                    "incarnation",
                    "The answers are to incarnation " + event.answers().incarnation() + " of the document, which is at "
                            + untouched.state().incarnation() + " now: read it again, and answer that."));
        }
        List<Answer> answers = event.answers().answers();
        for (int i = 0; i < answers.size(); i++) {
            Wrong wrong = apply(answers.get(i));
            if (wrong != null) {
                return refused(new Refusal(false, i, wrong.field(), wrong.detail()));
            }
        }
        return draft.outcome(null, null);
    }

    private Outcome refused(Refusal refusal) {
        return new Outcome(untouched.state(), null, refusal, untouched.happened());
    }

    private record Wrong(String field, String detail) {}

    private @Nullable Wrong apply(Answer answer) {
        Job job = draft.job(answer.job());
        if (job == null || job.state().ended()) {
            return new Wrong("job", Untimely.job(draft, answer.job()));
        }
        return switch (answer.answer()) {
            case ACKNOWLEDGE -> acknowledge(job, answer);
            case ALERT -> alert(job, answer);
            case DELAY -> delay(job, answer);
            case SUSPEND -> suspend(job, answer);
            case RESUME -> resume(job, answer);
            case CANCEL -> cancel(job, answer);
        };
    }

    private @Nullable Wrong acknowledge(Job job, Answer answer) {
        Step step = job.step();
        if (step == null || isOther(step, answer)) {
            return notThePresentStep(job);
        }
        if (job.state() == State.SUSPENDED || job.state() == State.ALERTED) {
            return new Wrong("answer", "is for later: the job is " + lower(job.state()) + ", and is resumed first");
        }
        if (step.state() == StepState.ACKNOWLEDGED) {
            return null;
        }
        if (step.goneAhead()) {
            return new Wrong("step", "was gone ahead with already");
        }
        String reason = "'" + event.by() + "' acknowledged " + step.kind() + " of " + step.faultDomain()
                + "; its rollout goes ahead at its next look";
        Job next = job.with(step.in(StepState.ACKNOWLEDGED)).approvedBy(step).in(job.state(), reason);
        draft.put(next);
        said(next, said("acknowledged", answer), answer);
        return null;
    }

    /** Of the present step, or of the job as it stands. */
    private @Nullable Wrong alert(Job job, Answer answer) {
        Step step = job.step();
        if (answer.step() != null && (step == null || isOther(step, answer))) {
            return notThePresentStep(job);
        }
        if (job.state() == State.ALERTED) {
            return null;
        }
        String at = step == null ? "" : " at " + step.kind() + " of " + step.faultDomain();
        Job next = (job.state() == State.SUSPENDED ? job.laterBy(halted(job)) : job)
                .with(step == null ? null : step.in(StepState.ALERTED))
                .said(State.ALERTED, said("'" + event.by() + "' raised an alert" + at, answer), draft.now);
        draft.put(next);
        said(next, next.reason(), answer);
        return null;
    }

    private @Nullable Wrong delay(Job job, Answer answer) {
        Step step = job.step();
        Duration delay = answer.delay();
        if (step == null || isOther(step, answer)) {
            return notThePresentStep(job);
        }
        if (step.asking() == Asking.NOTIFY) {
            return toldOnly();
        }
        String tooLate = Untimely.delay(job, step);
        if (tooLate != null) {
            return new Wrong("step", tooLate);
        }
        if (delay == null || delay.isNegative() || delay.isZero()) {
            return new Wrong("delay", "must be given, and be longer than nothing, such as PT10M");
        }
        Duration left = draft.terms.delayAllowance().minus(job.delayed());
        if (delay.compareTo(left) > 0) {
            return new Wrong("delay", "is more than the " + left + " that are left of the allowance");
        }
        Delay granted =
                new Delay(step.kind(), step.faultDomain(), step.deadline().plus(delay), event.by(), given(answer));
        Job next = job.with(step.delayed(granted)).delayedBy(delay, granted);
        draft.put(next);
        said(
                next,
                said(
                        "'" + event.by() + "' delayed " + step.kind() + " of " + step.faultDomain() + " by " + delay
                                + ", until " + granted.until(),
                        answer),
                answer);
        return null;
    }

    private @Nullable Wrong suspend(Job job, Answer answer) {
        if (told(job)) {
            return toldOnly();
        }
        if (job.state() == State.SUSPENDED) {
            return null;
        }
        if (job.state() == State.ALERTED) {
            return new Wrong("answer", "the job is alerted, and so halted already");
        }
        if (!Alternatives.mayDoWithout(draft, job)) {
            return lastAlternative(job);
        }
        Job next = job.said(State.SUSPENDED, said("'" + event.by() + "' suspended the job", answer), draft.now);
        draft.put(next);
        said(next, next.reason(), answer);
        return null;
    }

    /**
     * The step is put anew, unless it was gone ahead with before: with a deadline of its own, or with what was left of a delay when the job was halted,
     * where that is longer.
     */
    private @Nullable Wrong resume(Job job, Answer answer) {
        if (job.state() != State.SUSPENDED && job.state() != State.ALERTED) {
            return new Wrong("answer", "the job is neither suspended nor alerted");
        }
        Step step = job.step();
        Job next = job.laterBy(halted(job))
                .said(
                        job.inImpact() == null && !job.approved() ? State.PENDING : State.EXECUTING,
                        said("'" + event.by() + "' resumed the job", answer),
                        draft.now);
        if (step != null && step.goneAhead()) {
            next = next.with(step.in(StepState.ACKNOWLEDGED));
        } else if (step != null) {
            next = next.with(Step.asked(next, step.kind(), step.faultDomain(), draft.terms, draft.now));
        }
        draft.put(next);
        said(next, next.reason(), answer);
        return null;
    }

    private Duration halted(Job job) {
        return Duration.between(Objects.requireNonNullElse(job.saidAt(), job.changedAt()), draft.now);
    }

    private @Nullable Wrong cancel(Job job, Answer answer) {
        if (told(job)) {
            return toldOnly();
        }
        if (!Alternatives.mayDoWithout(draft, job)) {
            return lastAlternative(job);
        }
        Job next = job.with(null)
                .impact(null)
                .said(State.CANCELLED, said("'" + event.by() + "' cancelled the job", answer), draft.now);
        draft.put(next);
        draft.halts.put(job.id(), new TenantState.Halt(State.CANCELLED, next.reason(), draft.now));
        said(next, next.reason(), answer);
        return null;
    }

    private boolean told(Job job) {
        Step step = job.step();
        return (step == null ? draft.terms.asking() : step.asking()) == Asking.NOTIFY;
    }

    private static boolean isOther(Step step, Answer answer) {
        return answer.step() == null || answer.step() != step.ordinal();
    }

    private static Wrong notThePresentStep(Job job) {
        Step step = job.step();
        return new Wrong(
                "step", step == null ? "the job asks nothing now" : "must be the present one, " + step.ordinal());
    }

    private static Wrong toldOnly() {
        return new Wrong("answer", "the tenant is notified, not asked: it may acknowledge, alert and resume");
    }

    private static Wrong lastAlternative(Job job) {
        return new Wrong(
                "answer",
                "at least one of the alternatives '" + job.work().anyOf() + "' must be approved, and no other is left");
    }

    private void said(Job job, String what, Answer answer) {
        draft.said(job, what, event.by(), answer.answer());
    }

    private static String said(String what, Answer answer) {
        String reason = given(answer);
        return reason == null ? what : what + ": " + reason;
    }

    private static @Nullable String given(Answer answer) {
        String reason = answer.reason();
        return reason == null || reason.isBlank() ? null : reason;
    }

    private static String lower(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}

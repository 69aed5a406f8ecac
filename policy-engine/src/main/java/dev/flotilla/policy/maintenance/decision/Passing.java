package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.policy.maintenance.decision.TenantState.Halt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What time does by itself. */
public final class Passing {
    private static final String BY = "policy-engine";
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private Passing() {}

    static void time(Draft draft) {
        for (Job job : List.copyOf(draft.jobs.values())) {
            if (job.state().ended()) {
                if (!draft.now.isBefore(job.changedAt().plus(draft.terms.shown()))) {
                    draft.jobs.remove(job.id());
                }
            } else if (!draft.now.isBefore(job.heardAt().plus(draft.terms.expiry()))) {
                expire(draft, job);
            } else {
                silence(draft, job);
            }
        }
        draft.queue
                .values()
                .removeIf(queued -> !draft.now.isBefore(queued.heardAt().plus(draft.terms.expiry())));
        draft.halts.values().removeIf(halt -> !draft.now.isBefore(halt.at().plus(REMEMBERED)));
    }

    private static void expire(Draft draft, Job job) {
        if (job.state() == State.SUSPENDED || job.state() == State.ALERTED) {
            draft.halts.put(
                    job.id(), new Halt(job.state(), job.reason(), Objects.requireNonNullElse(job.saidAt(), draft.now)));
        }
        Job failed = job.with(null)
                .in(
                        State.FAILED,
                        "its rollout has not been heard of since " + job.heardAt()
                                + "; it is asked for anew if it comes back");
        draft.put(failed);
        draft.happened(failed, failed.reason(), BY);
    }

    /** Silence is recorded as silence; what follows from it is decided when the rollout asks. */
    private static void silence(Draft draft, Job job) {
        Step step = job.step();
        if (step == null
                || step.state() != StepState.WAITING
                || job.state() == State.SUSPENDED
                || draft.now.isBefore(step.deadline())) {
            return;
        }
        String what = "nobody answered until " + step.deadline();
        Job silent = job.with(step.in(StepState.TIMED_OUT))
                .in(
                        job.state(),
                        what
                                + (step.silenceGoesAhead()
                                        ? "; silence means going ahead"
                                        : "; silence means waiting: it is still to be answered"));
        draft.put(silent);
        draft.happened(silent, what, BY);
        if (Alternatives.anotherIsApproved(draft, job)) {
            Alternatives.giveUp(draft, silent, BY);
        }
    }

    /** When time will next do something to a state; empty where it never will. */
    public static Optional<Instant> next(TenantState state, Terms terms) {
        return Stream.concat(
                        state.jobs().values().stream().flatMap(job -> next(job, terms)),
                        state.queue().values().stream()
                                .map(queued -> queued.heardAt().plus(terms.expiry())))
                .min(Instant::compareTo);
    }

    private static Stream<Instant> next(Job job, Terms terms) {
        if (job.state().ended()) {
            return Stream.of(job.changedAt().plus(terms.shown()));
        }
        Instant expiry = job.heardAt().plus(terms.expiry());
        Step step = job.step();
        return step != null && step.state() == StepState.WAITING && job.state() != State.SUSPENDED
                ? Stream.of(expiry, step.deadline())
                : Stream.of(expiry);
    }
}

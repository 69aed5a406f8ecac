package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Current;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.policy.maintenance.decision.Outcome.Ruling;
import dev.flotilla.policy.maintenance.decision.TenantState.Halt;
import dev.flotilla.policy.maintenance.decision.TenantState.Queued;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rollout wants to do now, taken up, and ruled on. */
final class Intents {
    private final Draft draft;
    private final Event.Intend intend;

    Intents(Draft draft, Event.Intend intend) {
        this.draft = draft;
        this.intend = intend;
    }

    Ruling ruling() {
        Halt halt = draft.halts.get(intend.job());
        if (halt != null && halt.state() == MaintenanceDocument.State.CANCELLED && intend.finished() == null) {
            return Standings.of(halt);
        }
        Job known = draft.job(intend.job());
        if (intend.finished() != null) {
            return finished(known);
        }
        if (known == null || (known.state().ended() && !Alternatives.isNotWanted(draft, known))) {
            if (draft.terms.asking() == Asking.NEVER) {
                return Ruling.NEVER_ASKED;
            }
            if (known == null && intend.current() == null) {
                return Ruling.go("nothing is asked yet");
            }
            Ruling queued = queued();
            if (queued != null) {
                return queued;
            }
        }
        Job job = heard(known);
        draft.put(job);
        return new StepRuling(draft, job, intend.by()).ruling(current(job));
    }

    /** A job as its rollout sees it now; begun, or begun anew where it had ended. What the tenant had halted is still halted. */
    private Job heard(@Nullable Job known) {
        if (known == null) {
            Job job = halted(Job.began(intend.job(), intend.work(), draft.now));
            draft.happened(job, "asked for by its rollout", intend.by());
            return job;
        }
        Job job = known.about(intend.work()).heard(heardAt(known.heardAt()));
        if (!known.state().ended() || Alternatives.isNotWanted(draft, known)) {
            return job;
        }
        Job again = halted(job.again(known.state() == MaintenanceDocument.State.FAILED ? known.inImpact() : null));
        draft.happened(again, again.reason(), intend.by());
        return again;
    }

    private Job halted(Job job) {
        Halt halt = draft.halts.remove(job.id());
        return halt == null ? job : job.said(halt.state(), halt.reason(), halt.at());
    }

    /** Kept roughly: a rollout that says the same again need not make anything to store each time. */
    private Instant heardAt(Instant before) {
        return draft.now.isBefore(before.plus(draft.terms.expiry().dividedBy(20))) ? before : draft.now;
    }

    /** Where the tenant is asked about as many jobs as it wants to be already: waiting for a turn, the first come first. */
    private @Nullable Ruling queued() {
        long open =
                draft.jobs.values().stream().filter(job -> !job.state().ended()).count();
        Queued own = draft.queue.getOrDefault(intend.job(), new Queued(draft.now, draft.now));
        boolean another = draft.queue.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(intend.job())
                        && (other.getValue().since().isBefore(own.since())
                                || (other.getValue().since().equals(own.since())
                                        && other.getKey().compareTo(intend.job()) < 0)));
        if (open < draft.terms.maxJobs() && !another) {
            draft.queue.remove(intend.job());
            return null;
        }
        draft.queue.put(intend.job(), new Queued(own.since(), heardAt(own.heardAt())));
        return Standings.queued(draft.terms, open, own.since());
    }

    private Ruling finished(@Nullable Job known) {
        draft.queue.remove(intend.job());
        draft.halts.computeIfPresent(
                intend.job(), (id, halt) -> halt.state() == MaintenanceDocument.State.CANCELLED ? halt : null);
        if (known != null && !known.state().ended()) {
            Job done = known.with(null)
                    .impact(null)
                    .in(
                            switch (Objects.requireNonNull(intend.finished())) {
                                case COMPLETED -> MaintenanceDocument.State.COMPLETED;
                                case FAILED -> MaintenanceDocument.State.FAILED;
                                case CANCELLED -> MaintenanceDocument.State.CANCELLED;
                            },
                            "its rollout says so");
            draft.put(done);
            draft.happened(done, "ended: " + done.state(), intend.by());
        }
        return Ruling.go("the job has ended");
    }

    /** What is asked of this tenant: nothing where it has no machine in the fault domain. */
    private @Nullable Current current(Job job) {
        Current current = intend.current();
        if (current == null
                || (!intend.work().faultDomains().containsKey(current.faultDomain())
                        && !(current.kind() == StepKind.IMPACT_END
                                && current.faultDomain().equals(job.inImpact())))) {
            return null;
        }
        return current;
    }
}

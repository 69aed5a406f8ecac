package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.policy.maintenance.decision.Outcome.Ruling;
import dev.flotilla.policy.maintenance.decision.TenantState.Halt;
import dev.flotilla.policy.maintenance.decision.TenantState.Queued;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a tenant's word, or its silence, means to a job as they stand: since when, until when, and what would change that. */
final class Standings {
    private Standings() {}

    /** Of a job that nobody says anything of at this moment. */
    static Ruling of(Draft draft, String id) {
        Halt halt = draft.halts.get(id);
        Job job = draft.job(id);
        Queued queued = draft.queue.get(id);
        if (halt != null && halt.state() == MaintenanceDocument.State.CANCELLED) {
            return of(halt);
        }
        if (job == null || job.state().ended()) {
            if (job != null && Alternatives.isNotWanted(draft, job)) {
                return of(job);
            }
            if (draft.terms.asking() == Asking.NEVER) {
                return Ruling.NEVER_ASKED;
            }
            if (halt != null) {
                return of(halt);
            }
            long open = draft.jobs.values().stream()
                    .filter(other -> !other.state().ended())
                    .count();
            return queued == null ? Ruling.go("nothing is asked now") : queued(draft.terms, open, queued.since());
        }
        Step step = job.step();
        return switch (job.state()) {
            case SUSPENDED, ALERTED, CANCELLED -> of(job);
            case COMPLETED, FAILED -> throw new IllegalStateException(id + " has ended");
            case PENDING, EXECUTING ->
                step != null && step.open() && !step.goneAhead() ? asked(job, step) : Ruling.go("nothing is asked now");
        };
    }

    /** Of a job that its tenant suspended, alerted or cancelled, or that is not wanted because an alternative was approved. */
    static Ruling of(Job job) {
        return switch (job.state()) {
            case SUSPENDED -> suspended(job.id(), job.reason(), since(job));
            case ALERTED -> alerted(job.id(), job.reason(), since(job));
            case CANCELLED ->
                new Ruling(State.STOP, job.reason(), since(job), null, "nothing: another alternative goes ahead");
            case PENDING, EXECUTING, COMPLETED, FAILED -> throw new IllegalStateException(job + " is not stopped");
        };
    }

    private static Instant since(Job job) {
        Instant said = job.saidAt();
        return said == null ? job.changedAt() : said;
    }

    /** Of a job of which only the tenant's last word is left. */
    static Ruling of(Halt halt) {
        return switch (halt.state()) {
            case SUSPENDED -> suspended("the job", halt.reason(), halt.at());
            case ALERTED -> alerted("the job", halt.reason(), halt.at());
            case PENDING, EXECUTING, CANCELLED, COMPLETED, FAILED ->
                new Ruling(
                        State.PASS_BY,
                        halt.reason() + "; that is for good, so its machines are passed by",
                        halt.at(),
                        null,
                        "a new deployment, about which the tenant is asked anew; this job is over for good");
        };
    }

    private static Ruling suspended(String job, String reason, @Nullable Instant since) {
        return new Ruling(
                State.WAIT,
                reason + "; nothing new begins until it is resumed",
                since,
                null,
                "the tenant, or an operator in its name, resumes " + job
                        + " (./flotilla maintenance TENANT resume JOB)");
    }

    private static Ruling alerted(String job, String reason, @Nullable Instant since) {
        return new Ruling(
                State.STOP,
                reason,
                since,
                null,
                "the tenant, or an operator in its name, resumes " + job
                        + " (./flotilla maintenance TENANT resume JOB), and then an owner resumes the deployment");
    }

    static Ruling queued(Terms terms, long open, Instant since) {
        return new Ruling(
                State.WAIT,
                "the tenant is asked about at most " + terms.maxJobs() + " jobs at once, and has " + open
                        + "; this one waits for its turn",
                since,
                null,
                "another job of the tenant ends, or it allows more at once");
    }

    private static String delayed(@Nullable Delay delay) {
        return delay == null
                ? ""
                : ", which '" + delay.by() + "' has delayed"
                        + (delay.reason() == null ? "" : " (" + delay.reason() + ")") + ",";
    }

    /** Of a question that is open. Only where silence means to go ahead does the deadline end anything. */
    static Ruling asked(Job job, Step step) {
        String name = step.kind() + " of the fault domain " + step.faultDomain();
        boolean silent = step.state() == StepState.TIMED_OUT;
        boolean ends = step.silenceGoesAhead() && !silent;
        String asked = "it is asked for " + name + delayed(step.delay()) + " and "
                + (silent ? "was to answer by " : ends ? "has until " : "is to answer by ") + step.deadline()
                + (ends
                        ? "; then silence means going ahead"
                        : silent ? "; nobody answered, and silence means waiting" : "; silence means waiting");
        return new Ruling(
                State.WAIT,
                asked,
                step.since(),
                ends ? step.deadline() : null,
                "the tenant, or an operator in its name, acknowledges (./flotilla maintenance TENANT ack " + job.id()
                        + ")" + (ends ? ", or its time is over" : "; it does not end by itself"));
    }
}

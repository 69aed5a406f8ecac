package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.policy.maintenance.decision.Outcome.Happened;
import dev.flotilla.policy.maintenance.decision.Outcome.Refusal;
import dev.flotilla.policy.maintenance.decision.Outcome.Ruling;
import dev.flotilla.policy.maintenance.decision.TenantState.Halt;
import dev.flotilla.policy.maintenance.decision.TenantState.Queued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state being changed by one event. */
final class Draft {
    final Terms terms;
    final Instant now;
    final SortedMap<String, Job> jobs;
    final SortedMap<String, Queued> queue;
    final SortedMap<String, Halt> halts;
    private final TenantState before;
    private final List<Happened> happened = new ArrayList<>();

    Draft(TenantState before, Terms terms, Instant now) {
        this.before = before;
        this.terms = terms;
        this.now = now;
        this.jobs = new TreeMap<>(before.jobs());
        this.queue = new TreeMap<>(before.queue());
        this.halts = new TreeMap<>(before.halts());
    }

    @Nullable
    Job job(String id) {
        return jobs.get(id);
    }

    void put(Job job) {
        jobs.put(job.id(), job);
    }

    void happened(Job job, String what, String by) {
        happened.add(happening(job, what, by, null));
    }

    /** The same, where it is what the tenant says. */
    void said(Job job, String what, String by, Kind answer) {
        happened.add(happening(job, what, by, answer));
    }

    private static Happened happening(Job job, String what, String by, @Nullable Kind answer) {
        Step step = job.step();
        Integer ordinal = step == null ? null : step.ordinal();
        return new Happened(job.id(), job.work().deployment(), ordinal, what, by, answer);
    }

    /** The incarnation that this would have if it ended here. */
    long incarnation() {
        return before.incarnation() + (looksTheSame() ? 0 : 1);
    }

    private boolean looksTheSame() {
        return jobs.keySet().equals(before.jobs().keySet())
                && jobs.values().stream()
                        .allMatch(job -> job.looksLike(before.jobs().get(job.id())));
    }

    TenantState state() {
        SortedMap<String, Job> stamped = new TreeMap<>();
        jobs.forEach((id, job) -> stamped.put(id, job.looksLike(before.jobs().get(id)) ? job : job.changed(now)));
        return new TenantState(incarnation(), stamped, queue, halts);
    }

    Outcome outcome(@Nullable Ruling ruling, @Nullable Refusal refusal) {
        return new Outcome(state(), ruling, refusal, List.copyOf(happened));
    }
}

package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import java.util.stream.Stream;

/** Sets of jobs of which a tenant approves at least one. */
final class Alternatives {
    private Alternatives() {}

    private static Stream<Job> others(Draft draft, Job job) {
        String set = job.work().anyOf();
        return set == null
                ? Stream.empty()
                : draft.jobs.values().stream()
                        .filter(other ->
                                set.equals(other.work().anyOf()) && !other.id().equals(job.id()));
    }

    /** Whether the tenant has approved another of the set; then silence about this one is a no. */
    static boolean anotherIsApproved(Draft draft, Job job) {
        return !job.approved() && others(draft, job).anyMatch(Alternatives::counts);
    }

    /** Whether it was ended because another of the set was approved. */
    static boolean isNotWanted(Draft draft, Job job) {
        return job.state() == State.CANCELLED && anotherIsApproved(draft, job);
    }

    private static boolean counts(Job other) {
        return other.approved() && other.state() != State.CANCELLED && other.state() != State.FAILED;
    }

    /** Whether the tenant may do without this one: another one is approved, or can still be. */
    static boolean mayDoWithout(Draft draft, Job job) {
        return job.work().anyOf() == null
                || others(draft, job)
                        .anyMatch(other ->
                                counts(other) || other.state() == State.PENDING || other.state() == State.EXECUTING);
    }

    static Job giveUp(Draft draft, Job job, String by) {
        Job cancelled = job.with(null)
                .in(
                        State.CANCELLED,
                        "another one of the alternatives '" + job.work().anyOf() + "' was approved");
        draft.put(cancelled);
        draft.happened(cancelled, cancelled.reason(), by);
        return cancelled;
    }
}

package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.StepKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rollout's work on a tenant's machines.
 *
 * @param reason why it is in its state
 * @param step the present question
 * @param inImpact the fault domain that was gone ahead with and whose end is not closed; null for none
 * @param begun whether that was since the job was last begun; otherwise its start is asked for anew
 * @param steps how many questions it has put
 * @param approved whether a start was acknowledged or gone ahead with since it was last begun
 * @param delayed by how much the tenant has delayed it in all
 * @param delay the last delay that it was granted; it stands for the same question however often that is put anew; null for none
 * @param saidAt when the tenant brought it into its state by suspending, alerting or resuming it; null where it did not
 * @param heardAt when its rollout was last heard of; not part of what the tenant sees
 */
public record Job(
        String id,
        Work work,
        State state,
        String reason,
        @Nullable Step step,
        @Nullable String inImpact,
        boolean begun,
        int steps,
        boolean approved,
        Duration delayed,
        @Nullable Delay delay,
        Instant createdAt,
        Instant changedAt,
        Instant heardAt,
        @Nullable Instant saidAt) {

    static Job began(String id, Work work, Instant now) {
        return new Job(
                id,
                work,
                State.PENDING,
                "nothing has been done yet",
                null,
                null,
                false,
                0,
                false,
                Duration.ZERO,
                null,
                now,
                now,
                now,
                null);
    }

    Job in(State next, String why) {
        return new Job(
                id, work, next, why, step, inImpact, begun, steps, approved, delayed, delay, createdAt, changedAt,
                heardAt, saidAt);
    }

    /** As the tenant says at this moment. */
    Job said(State next, String why, @Nullable Instant at) {
        return new Job(
                id, work, next, why, step, inImpact, begun, steps, approved, delayed, delay, createdAt, changedAt,
                heardAt, at);
    }

    Job with(@Nullable Step next) {
        return new Job(
                id,
                work,
                state,
                reason,
                next,
                inImpact,
                begun,
                next == null ? steps : Math.max(steps, next.ordinal()),
                approved,
                delayed,
                delay,
                createdAt,
                changedAt,
                heardAt,
                saidAt);
    }

    Job impact(@Nullable String faultDomain) {
        return new Job(
                id,
                work,
                state,
                reason,
                step,
                faultDomain,
                faultDomain != null,
                steps,
                approved,
                delayed,
                delay,
                createdAt,
                changedAt,
                heardAt,
                saidAt);
    }

    /** Only a start approves: the end of an impact may be closed without the impact being wanted. */
    Job approvedBy(Step answered) {
        boolean now = approved || answered.kind() == StepKind.IMPACT_START;
        return new Job(
                id, work, state, reason, step, inImpact, begun, steps, now, delayed, delay, createdAt, changedAt,
                heardAt, saidAt);
    }

    /** Begun anew: what was approved before counts no more; an impact whose end is not closed is still one. */
    Job again(@Nullable String stillInImpact) {
        return new Job(
                id,
                work,
                State.PENDING,
                "its rollout came back",
                null,
                stillInImpact,
                false,
                steps,
                false,
                delayed,
                delay,
                createdAt,
                changedAt,
                heardAt,
                saidAt);
    }

    Job about(Work now) {
        return new Job(
                id, now, state, reason, step, inImpact, begun, steps, approved, delayed, delay, createdAt, changedAt,
                heardAt, saidAt);
    }

    Job delayedBy(Duration more, Delay granted) {
        return with(delayed.plus(more), granted);
    }

    /** The clock stood still for so long: what is left of a delay is left. */
    Job laterBy(Duration halted) {
        return delay == null ? this : with(delayed, delay.laterBy(halted));
    }

    private Job with(Duration inAll, @Nullable Delay granted) {
        return new Job(
                id, work, state, reason, step, inImpact, begun, steps, approved, inAll, granted, createdAt, changedAt,
                heardAt, saidAt);
    }

    Job heard(Instant now) {
        return new Job(
                id, work, state, reason, step, inImpact, begun, steps, approved, delayed, delay, createdAt, changedAt,
                now, saidAt);
    }

    Job changed(Instant now) {
        return new Job(
                id, work, state, reason, step, inImpact, begun, steps, approved, delayed, delay, createdAt, now,
                heardAt, saidAt);
    }

    /** Whether the tenant sees the same. */
    boolean looksLike(@Nullable Job other) {
        return other != null
                && changed(Instant.EPOCH)
                        .heard(Instant.EPOCH)
                        .equals(other.changed(Instant.EPOCH).heard(Instant.EPOCH));
    }
}

package dev.flotilla.api.policy.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a tenant is asked and told at present.
 *
 * @param incarnation rises with every change of anything in the document; also its ETag
 * @param jobs by id: those the tenant is asked about, and for an hour those that ended. A job beyond {@code maxJobs} is not in it before its turn
 * @param anyOf sets of alternatives, by name, with the ids of their jobs; at least one of each must be approved
 */
public record MaintenanceDocument(String tenant, long incarnation, List<Job> jobs, Map<String, List<String>> anyOf) {

    /**
     * One rollout's work on the tenant's machines.
     *
     * @param faultDomains all machines that it impacts; one fault domain is in impact at a time
     * @param reason why it is in its state, in words
     * @param step the present question; null between two, and once the job has ended
     * @param delayLeft by how much the tenant may still delay it
     */
    public record Job(
            String id,
            @Nullable String deployment,
            @Nullable String rollout,
            String service,
            String version,
            Impact impact,
            Map<String, List<String>> faultDomains,
            State state,
            String reason,
            @Nullable Step step,
            Duration delayLeft,
            Instant createdAt,
            Instant changedAt) {}

    /** How it stands with a job. */
    public enum State {
        /** Nothing has been done yet: it was not asked, not answered, or its rollout has not gone ahead since. The reason says which. */
        PENDING,
        /** A step of it was gone ahead with. */
        EXECUTING,
        /** The tenant suspended it: nothing new begins until it resumes. */
        SUSPENDED,
        /** The tenant raised an alert: the rollout is halted. The tenant may resume it. */
        ALERTED,
        /** For good: by the tenant, by the rollout, or because an alternative was approved. */
        CANCELLED,
        COMPLETED,
        /** The rollout failed, or was not heard of any more; the reason says which. */
        FAILED;

        /** Whether nothing more comes of it, unless the rollout begins anew. */
        public boolean ended() {
            return switch (this) {
                case PENDING, EXECUTING, SUSPENDED, ALERTED -> false;
                case CANCELLED, COMPLETED, FAILED -> true;
            };
        }
    }

    /**
     * A question.
     *
     * @param ordinal counts the steps of the job from 1; a question that is put again is a new step
     * @param machines the tenant's machines in the fault domain
     * @param deadline until when an answer is waited for, or was where it waits no more; a delay moves it
     * @param delayedUntil until when the tenant delayed it; null where it did not, and so are the next two
     * @param delayedBy who did
     * @param delayReason why; null where that was not said
     */
    public record Step(
            int ordinal,
            StepKind kind,
            String faultDomain,
            List<String> machines,
            StepState state,
            Instant since,
            Instant deadline,
            @Nullable Instant delayedUntil,
            @Nullable String delayedBy,
            @Nullable String delayReason) {}

    /** How it stands with a step. */
    public enum StepState {
        WAITING,
        ACKNOWLEDGED,
        ALERTED,
        /** Silence past the deadline. Not consent: what follows is the tenant's {@code onSilence}. */
        TIMED_OUT
    }
}

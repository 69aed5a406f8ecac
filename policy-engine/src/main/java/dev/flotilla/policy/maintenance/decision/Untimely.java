package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why an answer comes too soon or too late, and what is so now. {@code TENANT} and {@code JOB} stand for their names. */
final class Untimely {
    private static final String HOLD = "'./flotilla maintenance TENANT suspend JOB' holds what has not begun";

    private static final String AHEAD =
            "What it is not asked about yet an operator can keep away ahead: './flotilla opt-out TENANT-out --tenant TENANT"
                    + " --reason later' has deployments pass its machines by, './flotilla freeze TENANT-later --tenant"
                    + " TENANT --reason later' has them wait; with --service both are about one service only";

    private Untimely() {}

    /** Why nothing can be said to a job that is not open. */
    static String job(Draft draft, String id) {
        Job ended = draft.job(id);
        if (ended != null) {
            return "has ended: " + ended.state().name().toLowerCase(Locale.ROOT) + ", " + ended.reason();
        }
        return (draft.queue.containsKey(id)
                        ? "waits for its turn: the tenant is asked about at most " + draft.terms.maxJobs()
                                + " jobs at once. "
                        : "is none that the tenant is asked about now. ")
                + AHEAD;
    }

    /** Why a step can't be delayed any more; null where it can. */
    static @Nullable String delay(Job job, Step step) {
        if (job.state() == State.SUSPENDED) {
            return "need not be delayed: the job is suspended, and nothing begins until it is resumed";
        }
        return switch (step.state()) {
            case WAITING -> null;
            case ACKNOWLEDGED -> "can't be delayed any more: it is acknowledged. " + HOLD;
            case ALERTED -> "need not be delayed: the job is alerted, and nothing begins until it is resumed";
            case TIMED_OUT ->
                "can't be delayed any more: its deadline passed at " + step.deadline() + " without an answer. "
                        + (step.goneAhead()
                                ? "Silence means going ahead, and its rollout has. " + HOLD
                                : step.silenceGoesAhead()
                                        ? "Silence means going ahead: its rollout does at its next look. " + HOLD
                                        : "Silence means waiting: nothing begins before it is acknowledged, so there is"
                                                + " nothing to delay");
        };
    }
}

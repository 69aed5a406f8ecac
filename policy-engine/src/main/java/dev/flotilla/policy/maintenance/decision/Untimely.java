package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import org.jspecify.annotations.Nullable;

/** Why an answer comes too late, and what is so now. {@code TENANT} and {@code JOB} stand for their names. */
final class Untimely {
    private static final String HOLD = "'./flotilla maintenance TENANT suspend JOB' holds what has not begun";

    private Untimely() {}

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

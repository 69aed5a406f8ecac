package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Current;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Finished;
import org.jspecify.annotations.Nullable;

/** What can happen to a tenant's maintenance. */
public sealed interface Event {
    /** Whose doing it is. */
    String by();

    /** Time went by. */
    record Tick() implements Event {
        @Override
        public String by() {
            return "policy-engine";
        }
    }

    /**
     * A rollout says what it wants to do now.
     *
     * @param current null before the first step, between two, and where {@code finished} is given
     */
    record Intend(
            String job,
            Work work,
            @Nullable Current current,
            @Nullable Finished finished,
            String by) implements Event {}

    /** The tenant answers. */
    record Answer(MaintenanceAnswers answers, String by) implements Event {}
}

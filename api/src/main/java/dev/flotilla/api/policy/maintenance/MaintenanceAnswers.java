package dev.flotilla.api.policy.maintenance;

import dev.flotilla.api.Names;
import dev.flotilla.api.policy.WorkId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant says, all of it or nothing.
 *
 * @param incarnation of the document that is answered. Where that is outdated: 409, and nothing changes. The same answers to the same incarnation
 *     once more (a retry) succeed and change nothing
 */
public record MaintenanceAnswers(
        @Min(0) long incarnation,
        @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Answer> answers) {

    /**
     * An answer to one job.
     *
     * @param step ordinal of the step that is acknowledged, alerted or delayed; may be left out for what concerns the job
     * @param delay by how much, for {@code DELAY} only; beyond the allowance: 422
     */
    public record Answer(
            @NotNull @WorkId String job,
            @Nullable @Min(1) Integer step,
            @NotNull Kind answer,
            @Nullable Duration delay,

            @Nullable @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
            String reason) {}

    /** What can be said. */
    public enum Kind {
        /** Of a step: go ahead. */
        ACKNOWLEDGE,
        /** Of a step: something is wrong. Halts the rollout. */
        ALERT,
        /** Of a step that waits: not before its deadline and this much more. */
        DELAY,
        /** Of a job: begin nothing more, until resumed. */
        SUSPEND,
        /** Of a suspended or alerted job: go on, with the step put anew. What was left of a delay is left. */
        RESUME,
        /** Of a job: never. The rollout passes the tenant's machines by; only a new deployment asks about them anew. */
        CANCEL
    }
}

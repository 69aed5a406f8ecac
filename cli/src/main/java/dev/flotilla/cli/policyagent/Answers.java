package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Answer;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tenant's answers. Each is made on the document as it is now; one that somebody else overtook is made on the next. */
record Answers(MaintenanceApi api, String tenant) {
    private static final int MOST_ATTEMPTS = 20;
    private static final int OUTDATED = 409;
    private static final int CANT_BE = 422;

    static String key(Job job, Step step) {
        return job.id() + "/" + step.ordinal();
    }

    MaintenanceDocument document() {
        return Objects.requireNonNull(api.document(tenant, null, null).getBody());
    }

    /** The job as it is now, where it still is at the step and waits for an answer to it. */
    Optional<Job> open(Job job, Step step) {
        return document().jobs().stream()
                .filter(now -> now.id().equals(job.id())
                        && now.step() != null
                        && now.step().ordinal() == step.ordinal()
                        && isOpen(now))
                .findFirst();
    }

    static boolean isOpen(Job job) {
        Step step = job.step();
        boolean runs = job.state() == State.PENDING || job.state() == State.EXECUTING;
        return runs && step != null && (step.state() == StepState.WAITING || step.state() == StepState.TIMED_OUT);
    }

    /** Answers a step. @return whether it was taken; false where the step asks for nothing any more */
    boolean say(Job job, Step step, Kind kind, @Nullable Duration delay, @Nullable String reason) {
        Answer answer = new Answer(job.id(), step.ordinal(), kind, delay, reason);
        for (int attempt = 0; attempt < MOST_ATTEMPTS && open(job, step).isPresent(); attempt++) {
            try {
                send(answer);
                return true;
            } catch (RemoteProblem e) {
                if (e.status() == CANT_BE) {
                    return false;
                }
                if (e.status() != OUTDATED) {
                    throw e;
                }
            }
        }
        return false;
    }

    /** Answers on the present document; throws what it is refused with. */
    MaintenanceDocument send(Answer answer) {
        return api.answer(tenant, new MaintenanceAnswers(document().incarnation(), List.of(answer)));
    }
}

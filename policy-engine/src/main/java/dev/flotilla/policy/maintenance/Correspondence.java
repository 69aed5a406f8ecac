package dev.flotilla.policy.maintenance;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.policy.maintenance.decision.Event;
import dev.flotilla.policy.maintenance.decision.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Between the policy engine and a tenant: the document, and the answers to it. */
@Component
class Correspondence {
    private final MaintenanceDesk desk;
    private final Tenants tenants;
    private final History history;
    private final DocumentWatch watch;
    private final InstantSource clock;

    Correspondence(MaintenanceDesk desk, Tenants tenants, History history, DocumentWatch watch, InstantSource clock) {
        this.desk = desk;
        this.tenants = tenants;
        this.history = history;
        this.watch = watch;
        this.clock = clock;
    }

    static String etag(MaintenanceDocument document) {
        return "\"" + document.incarnation() + "\"";
    }

    /** The document, at once where it is not the one that is known, or after that time. */
    MaintenanceDocument document(String tenant, @Nullable String known, Duration wait) {
        MaintenanceDocument document = current(tenant, now());
        if (!wait.isZero() && etag(document).equals(known)) {
            try {
                watch.await(tenant, document.incarnation(), wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return current(tenant, now());
        }
        return document;
    }

    private MaintenanceDocument current(String tenant, Instant now) {
        return shown(tenant, desk.happen(tenant, new Event.Tick(), now));
    }

    private MaintenanceDocument shown(String tenant, Outcome outcome) {
        return Documents.of(tenant, outcome.state(), tenants.terms(tenant));
    }

    /** Answers; the same answers once more are taken as a retry. */
    MaintenanceDocument answer(String tenant, MaintenanceAnswers answers, String by, Instant now) {
        if (history.wasTaken(tenant, answers)) {
            return current(tenant, now);
        }
        Outcome outcome = desk.happen(tenant, new Event.Answer(answers, by), now);
        Outcome.Refusal refusal = outcome.refusal();
        if (refusal == null) {
            return shown(tenant, outcome);
        }
        if (refusal.outdated()) {
            if (history.wasTaken(tenant, answers)) {
                return shown(tenant, outcome);
            }
            throw ProblemException.conflict(refusal.detail());
        }
        MaintenanceAnswers.Answer wrong = answers.answers().get(refusal.answer());
        String field = "answers[" + refusal.answer() + "]." + refusal.field();
        String detail = refusal.detail().replace("TENANT", tenant).replace("JOB", wrong.job());
        throw ProblemException.unprocessable(
                "Nothing was changed. The answer to the job '" + wrong.job() + "' can't be: " + refusal.field() + " "
                        + (refusal.field().equals("step") && wrong.step() != null ? wrong.step() + " " : "") + detail
                        + ".",
                List.of(ProblemException.error(field, detail, rejected(wrong, refusal.field()))));
    }

    private static @Nullable Object rejected(MaintenanceAnswers.Answer answer, String field) {
        return switch (field) {
            case "job" -> answer.job();
            case "step" -> answer.step();
            case "delay" -> answer.delay();
            default -> answer.answer();
        };
    }

    /** A 409 problem while a job of the tenant is open. */
    void requireNothingOpen(String tenant, Instant now) {
        List<String> open = current(tenant, now).jobs().stream()
                .filter(job -> !job.state().ended())
                .map(MaintenanceDocument.Job::id)
                .toList();
        if (!open.isEmpty()) {
            throw ProblemException.conflict("The tenant '" + tenant + "' has open jobs: " + String.join(", ", open)
                    + ". Answer or cancel them, or let them end, and try again.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

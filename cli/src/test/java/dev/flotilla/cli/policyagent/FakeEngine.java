package dev.flotilla.cli.policyagent;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.policy.maintenance.Impact;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Answer;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.MaintenanceEvent;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A policy engine with one job of one step, which remembers what it was answered. */
final class FakeEngine implements MaintenanceApi {
    final List<Answer> answers = new ArrayList<>();
    volatile boolean loseAnswers;
    private final Instant since;
    private long incarnation = 1;
    private @Nullable Step step;

    FakeEngine(StepKind kind, Instant since) {
        this.since = since;
        this.step = step(kind, StepState.WAITING);
    }

    private Step step(StepKind kind, StepState state) {
        Instant deadline = since.plus(Duration.ofMinutes(10));
        return new Step(1, kind, "fd1", List.of("m1", "m2"), state, since, deadline, null, null, null);
    }

    private Step delayed(StepKind kind, Instant until, @Nullable String reason) {
        return new Step(1, kind, "fd1", List.of("m1", "m2"), StepState.WAITING, since, until, until, "ann", reason);
    }

    /** A person answers, by hand. */
    void byHand(Kind kind, @Nullable Duration delay) {
        answer("shop", new MaintenanceAnswers(incarnation(), List.of(new Answer("job", 1, kind, delay, null))));
    }

    private synchronized long incarnation() {
        return incarnation;
    }

    synchronized MaintenanceDocument present() {
        Job job = new Job(
                "job",
                "d1",
                "d1~east~web",
                "hello",
                "2.0",
                new Impact(Impact.Kind.RESTART, Duration.ofSeconds(30)),
                Map.of("fd1", List.of("m1", "m2")),
                State.PENDING,
                "why",
                step,
                Duration.ofMinutes(5),
                since,
                since);
        return new MaintenanceDocument("shop", incarnation, List.of(job), Map.of());
    }

    synchronized StepState state() {
        return Objects.requireNonNull(step).state();
    }

    @Override
    public ResponseEntity<MaintenanceDocument> document(
            String tenant, @Nullable String ifNoneMatch, @Nullable Duration wait) {
        MaintenanceDocument document = present();
        String etag = "\"" + document.incarnation() + "\"";
        if (!etag.equals(ifNoneMatch)) {
            return ResponseEntity.ok().eTag(etag).body(document);
        }
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).build();
    }

    @Override
    public synchronized MaintenanceDocument answer(String tenant, MaintenanceAnswers given) {
        if (given.incarnation() != incarnation) {
            throw new RemoteProblem("policy-engine", new Problem(null, "Conflict", 409, "outdated", null, List.of()));
        }
        for (Answer answer : given.answers()) {
            answers.add(answer);
            StepKind kind = Objects.requireNonNull(step).kind();
            step = switch (answer.answer()) {
                case ACKNOWLEDGE -> step(kind, StepState.ACKNOWLEDGED);
                case ALERT -> step(kind, StepState.ALERTED);
                case DELAY -> delayed(kind, since.plus(Objects.requireNonNull(answer.delay())), answer.reason());
                case SUSPEND, RESUME, CANCEL -> throw new UnsupportedOperationException();
            };
            incarnation++;
        }
        if (loseAnswers) {
            loseAnswers = false;
            throw new RemoteUnavailable("policy-engine", "the answer was lost", new IOException("lost"));
        }
        return present();
    }

    synchronized List<Kind> kinds() {
        return answers.stream().map(Answer::answer).toList();
    }

    @Override
    public MaintenanceVerdict intend(String job, MaintenanceIntent intent) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MaintenanceVerdict standing(String job, List<String> tenant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MaintenanceEvent> words(String deployment, long after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TenantSettings.Stored putTenant(String tenant, TenantSettings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TenantSettings.Stored tenant(String tenant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteTenant(String tenant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<TenantSettings.Stored> tenants(@Nullable List<String> tenant, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<MaintenanceEvent> history(String tenant, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}

package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.time.Durations;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Answers a tenant's maintenance requests by rule. It follows the document; each step that waits is worked on by a thread of its own, so that a slow
 * drain holds up nothing else; what was decided is kept before it is said.
 */
final class PolicyAgent {
    private static final String BY_RULE = "by rule";

    private final Answers answers;
    private final Rule starts;
    private final Rule ends;
    private final Decided decided;
    private final Pace pace;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param poll how long one poll waits
     * @param again how long until a step that is not decided is looked at again, or an engine that did not answer is asked
     */
    record Pace(Duration poll, Duration again, InstantSource clock, Consumer<String> log) {}

    PolicyAgent(Answers answers, Rule starts, Rule ends, Decided decided, Pace pace) {
        this.answers = answers;
        this.starts = starts;
        this.ends = ends;
        this.decided = decided;
        this.pace = pace;
    }

    /** Runs until it is interrupted. */
    void run() throws InterruptedException {
        String etag = null;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                etag = follow(answers.api(), etag);
            } catch (RemoteUnavailable | RemoteProblem e) {
                if (e instanceof RemoteProblem problem && problem.status() < 500 && problem.status() != 429) {
                    throw e;
                }
                pace.log().accept("The policy engine does not answer: " + e.getMessage() + ". It is asked again.");
                Thread.sleep(pace.again());
            }
        }
    }

    private @Nullable String follow(MaintenanceApi api, @Nullable String etag) {
        ResponseEntity<MaintenanceDocument> response = api.document(answers.tenant(), etag, pace.poll());
        MaintenanceDocument document = response.getBody();
        if (document == null) {
            return etag;
        }
        for (Job job : document.jobs()) {
            Step step = job.step();
            if (step != null && Answers.isOpen(job) && inWork.add(Answers.key(job, step))) {
                Thread.ofVirtual().start(() -> work(job, step));
            }
        }
        return response.getHeaders().getETag();
    }

    private void work(Job job, Step step) {
        String key = Answers.key(job, step);
        try {
            while (!attempted(job, step, key)) {
                Thread.sleep(pace.again());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inWork.remove(key);
        }
    }

    /** One attempt on the step as it is now. @return whether nothing more is to be done about it */
    private boolean attempted(Job job, Step step, String key) throws InterruptedException {
        try {
            Optional<Job> present = answers.open(job, step);
            return present.isEmpty() || settled(present.get(), key);
        } catch (RuntimeException e) {
            pace.log().accept(key + ": " + e.getMessage() + ". It is tried again.");
            return false;
        }
    }

    private boolean settled(Job job, String key) throws InterruptedException {
        Step step = Objects.requireNonNull(job.step());
        Optional<Opinion> before = decided.of(key);
        if (before.isPresent()) {
            return said(job, step, key, before.get());
        }
        if (isPutOff(step)) {
            return waits(key, step, delayed(step));
        }
        Rule rule = step.kind() == StepKind.IMPACT_START ? starts : ends;
        Opinion opinion = rule.opinion(job, step, pace.clock().instant());
        return switch (opinion) {
            case Opinion.Acknowledge yes -> {
                decided.keep(key, yes);
                yield said(job, step, key, yes);
            }
            case Opinion.Alert alert -> {
                decided.keep(key, alert);
                yield said(job, step, key, alert);
            }
            case Opinion.Delay delay -> {
                if (answers.say(job, step, Kind.DELAY, delay.by(), BY_RULE)) {
                    pace.log().accept(key + " delayed by " + Durations.text(delay.by()));
                }
                yield false;
            }
            case Opinion.NotYet not -> waits(key, step, not.reason());
        };
    }

    private boolean said(Job job, Step step, String key, Opinion opinion) {
        if (opinion instanceof Opinion.Alert alert) {
            return answered(key, answers.say(job, step, Kind.ALERT, null, alert.reason()), "ALERT: " + alert.reason());
        }
        Step now = answers.open(job, step).map(Job::step).orElse(step); // a drain may have taken its time
        return isPutOff(now)
                ? waits(key, now, delayed(now))
                : answered(key, answers.say(job, step, Kind.ACKNOWLEDGE, null, BY_RULE), "acknowledged");
    }

    private boolean answered(String key, boolean taken, String what) {
        pace.log()
                .accept(
                        taken
                                ? key + " " + what
                                : key + " asks for nothing any more: somebody else answered it, or it was taken back,"
                                        + " while this agent worked on it. Does another policy agent answer for "
                                        + answers.tenant() + "? Both run their commands.");
        return true;
    }

    /** Whether a person has delayed it until later: no rule answers before that. What the agent delayed itself it goes on with by its rule. */
    private boolean isPutOff(Step step) {
        Instant until = step.delayedUntil();
        return until != null && pace.clock().instant().isBefore(until) && !BY_RULE.equals(step.delayReason());
    }

    private static String delayed(Step step) {
        return step.delayedBy() + " delayed it" + (step.delayReason() == null ? "" : ", " + step.delayReason());
    }

    private boolean waits(String key, Step step, String reason) {
        if (told.add(key + reason)) {
            pace.log()
                    .accept(key + " waits: " + step.kind() + " of " + step.faultDomain() + " ("
                            + String.join(" ", step.machines()) + "), until "
                            + new Moments(pace.clock().instant()).at(step.deadline()) + ": " + reason);
        }
        return false;
    }
}

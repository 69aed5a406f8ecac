package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.time.Durations;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.InstantSource;
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
            if (step != null && isOpen(job, step) && inWork.add(Answers.key(job, step))) {
                Thread.ofVirtual().start(() -> work(job, step));
            }
        }
        return response.getHeaders().getETag();
    }

    private static boolean isOpen(Job job, Step step) {
        boolean runs = job.state() == State.PENDING || job.state() == State.EXECUTING;
        return runs && (step.state() == StepState.WAITING || step.state() == StepState.TIMED_OUT);
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
            Optional<Step> present = answers.present(job, step).filter(now -> isOpen(job, now));
            return present.isEmpty() || settled(job, present.get(), key);
        } catch (RuntimeException e) {
            pace.log().accept(key + ": " + e.getMessage() + ". It is tried again.");
            return false;
        }
    }

    private boolean settled(Job job, Step step, String key) throws InterruptedException {
        Opinion opinion = decided.of(key).orElse(null);
        if (opinion == null) {
            Rule rule = step.kind() == StepKind.IMPACT_START ? starts : ends;
            opinion = rule.opinion(job, step, pace.clock().instant());
        }
        return switch (opinion) {
            case Opinion.Acknowledge yes -> {
                decided.keep(key, yes);
                yield said(key, answers.say(job, step, Kind.ACKNOWLEDGE, null, "by rule"), "acknowledged");
            }
            case Opinion.Alert alert -> {
                decided.keep(key, alert);
                yield said(key, answers.say(job, step, Kind.ALERT, null, alert.reason()), "ALERT: " + alert.reason());
            }
            case Opinion.Delay delay -> {
                said(
                        key,
                        answers.say(job, step, Kind.DELAY, delay.by(), "by rule"),
                        "delayed by " + Durations.text(delay.by()));
                yield false;
            }
            case Opinion.NotYet not -> {
                if (told.add(key + not.reason())) {
                    pace.log()
                            .accept(key + " waits: " + step.kind() + " of " + step.faultDomain() + " ("
                                    + String.join(" ", step.machines()) + "), until "
                                    + new Moments(pace.clock().instant()).at(step.deadline()) + ": "
                                    + not.reason());
                }
                yield false;
            }
        };
    }

    private boolean said(String key, boolean taken, String what) {
        if (taken) {
            pace.log().accept(key + " " + what);
        }
        return true;
    }
}

package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.Impact;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Answer;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Current;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Finished;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import dev.flotilla.policy.maintenance.decision.Outcome.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A random tenant, random rollouts, and time. What it knows of the promises it works out by itself, from the events alone: it does not read the
 * state of the machine under test but for what a tenant sees.
 */
final class MaintenanceWorld {
    /** The protocol, or one that is broken on purpose. */
    interface Protocol {
        Outcome after(TenantState state, Event event, Instant now);
    }

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<String> DOMAINS = List.of("fd1", "fd2", "fd3");

    private final Random random;
    private final Terms terms;
    private final Protocol protocol;
    private final Map<String, String> consented = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();
    private final Map<String, String> halted = new HashMap<>();
    private final Map<String, String> begun = new HashMap<>();
    private TenantState state = TenantState.empty();
    private Instant now = START;

    MaintenanceWorld(long seed, java.util.function.Function<Terms, Protocol> protocol) {
        this.random = new Random(seed);
        this.terms = new Terms(
                random.nextBoolean() ? Asking.APPROVE : Asking.NOTIFY,
                Duration.ofMinutes(10),
                random.nextBoolean() ? OnSilence.GO_AHEAD : OnSilence.WAIT,
                Duration.ofMinutes(20),
                1 + random.nextInt(3),
                Duration.ofHours(1),
                Duration.ofMinutes(30));
        this.protocol = protocol.apply(terms);
    }

    /** Runs so many events. @return what was broken; null where nothing was */
    @Nullable
    String run(int events) {
        for (int i = 0; i < events; i++) {
            String broken = one();
            if (broken != null) {
                return "event " + i + " at " + now + ": " + broken;
            }
        }
        return null;
    }

    private @Nullable String one() {
        now = now.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(900) : random.nextInt(60));
        return switch (random.nextInt(5)) {
            case 0 -> happen(new Event.Tick());
            case 1, 2 -> answer();
            default -> intend();
        };
    }

    private @Nullable String intend() {
        String id = "job" + random.nextInt(3);
        TreeMap<String, List<String>> machines = new TreeMap<>();
        DOMAINS.forEach(domain -> machines.put(domain, List.of(id + domain)));
        Work work = new Work(
                null,
                id,
                "hello",
                "1",
                new Impact(Impact.Kind.RESTART, Duration.ofMinutes(1)),
                machines,
                random.nextInt(2) == 0 && terms.asking() == Asking.APPROVE ? "set" : null);
        Current current = random.nextInt(10) == 0
                ? null
                : new Current(DOMAINS.get(random.nextInt(2)), StepKind.values()[random.nextInt(2)]);
        Finished finished = random.nextInt(25) == 0 ? Finished.values()[random.nextInt(3)] : null;
        return happen(new Event.Intend(id, work, finished == null ? current : null, finished, "rollout"));
    }

    private @Nullable String answer() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            String id = "job" + random.nextInt(3);
            Job job = state.jobs().get(id);
            Step step = job == null ? null : job.step();
            Kind kind = random.nextInt(3) > 0 ? Kind.ACKNOWLEDGE : Kind.values()[random.nextInt(Kind.values().length)];
            answers.add(new Answer(
                    id,
                    step == null || random.nextInt(10) == 0 ? null : Integer.valueOf(step.ordinal()),
                    kind,
                    kind == Kind.DELAY ? Duration.ofMinutes(1 + random.nextInt(12)) : null,
                    null));
        }
        long incarnation = random.nextInt(5) == 0 ? state.incarnation() - 1 : state.incarnation();
        return happen(new Event.Answer(new MaintenanceAnswers(Math.max(0, incarnation), answers), "tenant"));
    }

    private @Nullable String happen(Event event) {
        TenantState before = state;
        Outcome outcome = protocol.after(before, event, now);
        state = outcome.state();
        String broken = incarnations(before, event, outcome);
        if (broken == null && event instanceof Event.Answer answer && outcome.refusal() == null) {
            answer.answers().answers().forEach(each -> learn(before, each));
        }
        notice();
        return broken == null && event instanceof Event.Intend intend ? ruling(intend, outcome) : broken;
    }

    private @Nullable String incarnations(TenantState before, Event event, Outcome outcome) {
        if (state.incarnation() < before.incarnation()) {
            return "the incarnation fell from " + before.incarnation() + " to " + state.incarnation();
        }
        boolean same = before.jobs().keySet().equals(state.jobs().keySet())
                && state.jobs().values().stream()
                        .allMatch(job -> job.looksLike(before.jobs().get(job.id())));
        if (same != (before.incarnation() == state.incarnation())) {
            return "the incarnation went from " + before.incarnation() + " to " + state.incarnation()
                    + " while the document " + (same ? "stayed" : "changed");
        }
        if (event instanceof Event.Answer answer
                && answer.answers().incarnation() < before.incarnation()
                && outcome.refusal() == null) {
            return "an answer to " + answer.answers().incarnation() + " was taken at " + before.incarnation();
        }
        return null;
    }

    /** What the tenant said, as the world remembers it. */
    private void learn(TenantState before, Answer answer) {
        Job job = before.jobs().get(answer.job());
        Step step = job == null ? null : job.step();
        String key = answer.job() + "/" + (step == null ? 0 : step.ordinal());
        switch (answer.answer()) {
            case ACKNOWLEDGE -> consented.put(key, key);
            case ALERT, SUSPEND -> halted.put(answer.job(), answer.answer().name());
            case CANCEL -> halted.put(answer.job(), "CANCEL");
            case RESUME -> {
                halted.remove(answer.job());
                consented.put(key, key);
            }
            case DELAY ->
                asked.computeIfPresent(key, (k, at) -> at.plus(java.util.Objects.requireNonNull(answer.delay())));
        }
    }

    /** When questions were first seen. */
    private void notice() {
        for (Job job : state.jobs().values()) {
            Step step = job.step();
            if (step != null) {
                asked.putIfAbsent(job.id() + "/" + step.ordinal(), now);
            }
            if (job.state().ended()) {
                begun.remove(job.id());
            }
        }
    }

    private @Nullable String ruling(Event.Intend intend, Outcome outcome) {
        Ruling ruling = outcome.ruling();
        if (ruling == null) {
            return "no ruling";
        }
        if (intend.finished() != null) {
            begun.remove(intend.job());
            halted.computeIfPresent(intend.job(), (id, how) -> how.equals("CANCEL") ? how : null);
        }
        Current current = intend.current();
        if (ruling.state() != MaintenanceVerdict.State.GO || intend.finished() != null || current == null) {
            return null;
        }
        String halt = halted.get(intend.job());
        if (halt != null) {
            return "GO for " + intend.job() + " after " + halt;
        }
        Job job = state.jobs().get(intend.job());
        if (job != null && job.state() != State.PENDING && job.state() != State.EXECUTING) {
            return "GO for a job that is " + job.state();
        }
        String begunWith = begun.get(intend.job());
        if (begunWith != null && !begunWith.equals(current.faultDomain())) {
            return "GO for " + current.faultDomain() + " while " + begunWith + " is in impact";
        }
        Step step = job == null ? null : job.step();
        if (job == null || step == null || !step.isOf(current.kind(), current.faultDomain())) {
            return current.kind() == StepKind.IMPACT_START && begunWith == null
                    ? "GO for " + intend.job() + " that was never asked"
                    : null;
        }
        if (current.kind() == StepKind.IMPACT_START) {
            begun.put(intend.job(), current.faultDomain());
        } else {
            begun.remove(intend.job());
        }
        return consent(job, step);
    }

    private @Nullable String consent(Job job, Step step) {
        String key = job.id() + "/" + step.ordinal();
        boolean toldOnly = terms.asking() == Asking.NOTIFY && step.kind() == StepKind.IMPACT_END;
        boolean silent = !now.isBefore(asked.getOrDefault(key, now).plus(terms.deadline()))
                && (terms.asking() == Asking.NOTIFY || terms.onSilence() == OnSilence.GO_AHEAD);
        if (!consented.containsKey(key) && !silent && !toldOnly) {
            return "GO for " + key + " asked at " + asked.get(key) + ", which nobody answered";
        }
        if (!consented.containsKey(key) && step.state() == StepState.ACKNOWLEDGED) {
            return "silence of " + key + " is recorded as consent";
        }
        return null;
    }
}

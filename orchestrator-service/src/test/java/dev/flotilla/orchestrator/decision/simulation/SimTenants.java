package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.policy.maintenance.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tenants who are told of, or asked for, each step of a job, and answer after a while, too late, or with an alert. */
final class SimTenants {
    /** How a tenant is asked. */
    enum Manner {
        NOTIFY,
        APPROVE,
        /** Silence past the deadline lets the job go ahead. */
        APPROVE_OR_TIME_OUT
    }

    private static final Duration DEADLINE = Duration.ofSeconds(25);

    private static final class Step {
        final String domain;
        final StepKind kind;
        final Instant since;
        State state = State.WAIT;

        Step(String domain, StepKind kind, Instant since) {
            this.domain = domain;
            this.kind = kind;
            this.since = since;
        }

        boolean is(String domain, StepKind kind) {
            return this.domain.equals(domain) && this.kind == kind;
        }
    }

    private record Asked(String job, String tenant) {}

    private final Random random;
    private final Coverage coverage;
    private final Map<String, Manner> manners = new TreeMap<>();
    private final Map<Asked, Step> steps = new LinkedHashMap<>();
    private final Set<String> consents = new HashSet<>();
    private final Map<String, Long> epochs = new HashMap<>();

    SimTenants(Random random, Coverage coverage) {
        this.random = random;
        this.coverage = coverage;
    }

    void add(String tenant, Manner manner) {
        manners.put(tenant, manner);
    }

    /** True where nobody has spoken for the job with a higher epoch. */
    boolean listens(String job, long epoch) {
        return epochs.merge(job, epoch, Math::max) == epoch;
    }

    /** What each of the tenants says to the step. */
    Map<String, State> intend(String job, Set<String> tenants, String domain, StepKind kind, Instant now) {
        Map<String, State> states = new TreeMap<>();
        for (String tenant : tenants) {
            Asked asked = new Asked(job, tenant);
            Step step = steps.get(asked);
            if (step == null || !step.is(domain, kind)) {
                step = new Step(domain, kind, now);
                steps.put(asked, step);
                if (kind == StepKind.IMPACT_END) {
                    consents.remove(consent(job, tenant, domain));
                }
                if (manners.get(tenant) == Manner.NOTIFY) {
                    settle(asked, step, State.GO);
                }
            }
            states.put(tenant, step.state);
        }
        return states;
    }

    void finished(String job) {
        steps.keySet().removeIf(asked -> asked.job().equals(job));
    }

    /** A moment passes: some answer, some deadlines pass. */
    boolean answer(Instant now, boolean faults) {
        boolean any = false;
        for (Map.Entry<Asked, Step> entry : steps.entrySet()) {
            Step step = entry.getValue();
            if (step.state != State.WAIT) {
                continue;
            }
            boolean goesOn = manners.get(entry.getKey().tenant()) == Manner.APPROVE_OR_TIME_OUT;
            if (goesOn && now.isAfter(step.since.plus(DEADLINE))) {
                coverage.saw(Coverage.Event.TENANT_TIMED_OUT);
                settle(entry.getKey(), step, State.GO);
                any = true;
            } else if (random.nextInt(faults ? 15 : 3) == 0) {
                boolean alert = faults && step.kind == StepKind.IMPACT_END && random.nextInt(8) == 0;
                coverage.saw(alert ? Coverage.Event.TENANT_ALERTED : Coverage.Event.TENANT_ANSWERED);
                settle(entry.getKey(), step, alert ? State.STOP : State.GO);
                any = true;
            }
        }
        return any;
    }

    /** A person has talked to the tenants that said stop. */
    void appease() {
        steps.values().stream().filter(step -> step.state == State.STOP).forEach(step -> step.state = State.GO);
    }

    private void settle(Asked asked, Step step, State state) {
        step.state = state;
        if (state == State.GO && step.kind == StepKind.IMPACT_START) {
            consents.add(consent(asked.job(), asked.tenant(), step.domain));
        }
    }

    /** True where the tenant let the job begin with the fault domain, and has not been told of its end since. */
    boolean consents(String job, @Nullable String tenant, String domain) {
        return tenant == null || consents.contains(consent(job, tenant, domain));
    }

    private static String consent(String job, String tenant, String domain) {
        return job + ' ' + tenant + ' ' + domain;
    }
}

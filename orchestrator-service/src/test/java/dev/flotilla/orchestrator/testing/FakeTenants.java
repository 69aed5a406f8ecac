package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceEvent;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Answers for tenants what a test says, for each step; GO where it says nothing. */
public final class FakeTenants implements MaintenanceApi {
    /** The answer to a step of a job, such as {@code fd1 IMPACT_START}. */
    public final Map<String, State> answers = new ConcurrentHashMap<>();

    /** How tenants are asked; those that are missing never. */
    public final Map<String, TenantSettings> settings = new ConcurrentHashMap<>();

    public static final Instant SAID_AT = Instant.parse("2026-01-01T00:00:00Z");

    /** What was said about each job, without repetitions one after the other. */
    private final Map<String, List<String>> said = new ConcurrentHashMap<>();

    @Override
    public MaintenanceVerdict intend(String job, MaintenanceIntent intent) {
        MaintenanceIntent.Current current = intent.current();
        String step =
                current == null ? String.valueOf(intent.finished()) : current.faultDomain() + " " + current.kind();
        List<String> before = said.computeIfAbsent(job, j -> new CopyOnWriteArrayList<>());
        if (before.isEmpty() || !before.getLast().equals(step)) {
            before.add(step);
        }
        if (current == null) {
            asked.remove(job);
        } else {
            asked.merge(
                    job,
                    new Asked(current, Instant.now()),
                    (last, now) -> last.current().equals(now.current()) ? last : now);
        }
        List<MaintenanceVerdict.OfTenant> verdicts = intent.tenants().stream()
                .map(share -> answer(share.tenant(), asked.get(job)))
                .toList();
        return new MaintenanceVerdict(job, answers.getOrDefault(step, State.GO), verdicts);
    }

    /** What was asked last, and since when. */
    private record Asked(MaintenanceIntent.Current current, Instant since) {}

    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    private MaintenanceVerdict.OfTenant answer(String tenant, @Nullable Asked question) {
        State state = question == null
                ? State.GO
                : answers.getOrDefault(
                        question.current().faultDomain() + " "
                                + question.current().kind(),
                        State.GO);
        return new MaintenanceVerdict.OfTenant(
                tenant,
                state,
                "it says " + state,
                null,
                MaintenanceVerdict.OfTenant.RULE,
                question == null || state == State.GO ? null : question.since(),
                null,
                question == null || state == State.GO ? null : step(question));
    }

    private static MaintenanceDocument.Step step(Asked question) {
        return new MaintenanceDocument.Step(
                1,
                question.current().kind(),
                question.current().faultDomain(),
                List.of(),
                MaintenanceDocument.StepState.WAITING,
                question.since(),
                question.since().plusSeconds(900),
                null,
                null,
                null);
    }

    /** Tenants that have cancelled each job, and those that have suspended it. */
    public final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    public final Set<String> suspended = ConcurrentHashMap.newKeySet();

    @Override
    public MaintenanceVerdict standing(String job, List<String> tenants) {
        return new MaintenanceVerdict(
                job,
                State.GO,
                tenants.stream().map(tenant -> standing(job, tenant)).toList());
    }

    private MaintenanceVerdict.OfTenant standing(String job, String tenant) {
        boolean no = cancelled.contains(tenant);
        return no || suspended.contains(tenant)
                ? new MaintenanceVerdict.OfTenant(
                        tenant,
                        no ? State.PASS_BY : State.WAIT,
                        no ? "'tia' cancelled the job" : "'tia' suspended the job",
                        null,
                        MaintenanceVerdict.OfTenant.RULE,
                        SAID_AT,
                        "the tenant says otherwise",
                        null)
                : answer(tenant, asked.get(job));
    }

    /** What tenants have said about deployments, the oldest first. */
    public final List<MaintenanceEvent> words = new CopyOnWriteArrayList<>();

    @Override
    public List<MaintenanceEvent> words(String deployment, long after, int limit) {
        return words.stream()
                .filter(event -> String.valueOf(event.job()).startsWith(deployment + "~") && event.sequence() > after)
                .limit(limit)
                .toList();
    }

    public List<String> said(String job) {
        return said.getOrDefault(job, List.of());
    }

    @Override
    public TenantSettings.Stored putTenant(String tenant, TenantSettings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TenantSettings.Stored tenant(String tenant) {
        TenantSettings found = settings.get(tenant);
        if (found == null) {
            throw new RemoteProblem(
                    "policy-engine", new Problem(null, "Not Found", 404, "it is asked never", null, List.of()));
        }
        return new TenantSettings.Stored(tenant, found, "olga", Instant.EPOCH);
    }

    @Override
    public void deleteTenant(String tenant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<TenantSettings.Stored> tenants(@Nullable List<String> among, int limit, @Nullable String cursor) {
        return new Page<>(
                settings.keySet().stream()
                        .filter(tenant -> among == null || among.contains(tenant))
                        .sorted()
                        .map(this::tenant)
                        .toList(),
                null);
    }

    @Override
    public ResponseEntity<MaintenanceDocument> document(
            String tenant, @Nullable String ifNoneMatch, @Nullable Duration wait) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MaintenanceDocument answer(String tenant, MaintenanceAnswers answers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<MaintenanceEvent> history(String tenant, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}

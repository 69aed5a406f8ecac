package dev.flotilla.policy.maintenance;

import static dev.flotilla.api.policy.maintenance.MaintenanceDocument.State.EXECUTING;
import static dev.flotilla.api.policy.maintenance.MaintenanceDocument.State.PENDING;

import dev.flotilla.api.policy.maintenance.MaintenanceIntent;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Share;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.OfTenant;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.policy.maintenance.decision.Event;
import dev.flotilla.policy.maintenance.decision.Job;
import dev.flotilla.policy.maintenance.decision.Maintenance;
import dev.flotilla.policy.maintenance.decision.Outcome;
import dev.flotilla.policy.maintenance.decision.TenantState;
import dev.flotilla.policy.maintenance.decision.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What rollouts want to do, put to each of their tenants. */
@Component
class Intake {
    private final MaintenanceDesk desk;
    private final MaintenanceTable table;
    private final Tenants terms;

    Intake(MaintenanceDesk desk, MaintenanceTable table, Tenants terms) {
        this.desk = desk;
        this.table = table;
        this.terms = terms;
    }

    MaintenanceVerdict intend(String job, MaintenanceIntent intent, String by, Instant now) {
        Long epoch = intent.epoch();
        if (epoch != null && !table.raise(job, epoch, now)) {
            throw ProblemException.conflict("The job '" + job + "' was spoken for with an epoch above " + epoch
                    + ": another orchestrator has it now, or it was commanded in the meantime. Look at it anew.");
        }
        List<OfTenant> verdicts = new ArrayList<>();
        shares(job, intent).forEach((tenant, domains) -> {
            Work work = new Work(
                    intent.deployment(),
                    intent.rollout(),
                    intent.service(),
                    intent.version(),
                    intent.impact(),
                    domains,
                    intent.anyOf());
            verdicts.add(verdict(
                    tenant,
                    job,
                    desk.happen(tenant, new Event.Intend(job, work, intent.current(), intent.finished(), by), now)));
        });
        return new MaintenanceVerdict(job, strictest(verdicts), verdicts);
    }

    /** A job that ends, ends for every tenant that knows of it, also those that own none of its machines any more. */
    private SortedMap<String, SortedMap<String, List<String>>> shares(String job, MaintenanceIntent intent) {
        SortedMap<String, SortedMap<String, List<String>>> shares = new TreeMap<>();
        if (intent.finished() != null) {
            table.knowing(job).forEach(tenant -> shares.put(tenant, new TreeMap<>()));
        }
        for (Share share : intent.tenants()) {
            SortedMap<String, List<String>> sorted = new TreeMap<>();
            for (Map.Entry<String, List<String>> domain : share.faultDomains().entrySet()) {
                sorted.put(domain.getKey(), domain.getValue().stream().sorted().toList());
            }
            shares.put(share.tenant(), sorted);
        }
        return shares;
    }

    private static OfTenant verdict(String tenant, String job, Outcome outcome) {
        return verdict(tenant, Objects.requireNonNull(outcome.ruling()), outcome.state(), job);
    }

    private static OfTenant verdict(String tenant, Outcome.Ruling ruling, TenantState state, String job) {
        Job known = state.jobs().get(job);
        String unblock = ruling.unblock();
        return new OfTenant(
                tenant,
                ruling.state(),
                ruling.reason(),
                ruling.until(),
                OfTenant.RULE,
                ruling.since(),
                unblock == null ? null : unblock.replace("TENANT", tenant).replace("JOB", job),
                known != null && (known.state() == PENDING || known.state() == EXECUTING)
                        ? Documents.step(known.step(), known)
                        : null);
    }

    /** How tenants stand to a job; nothing is asked or changed. */
    MaintenanceVerdict standing(String job, Collection<String> tenants, Instant now) {
        List<OfTenant> verdicts = new ArrayList<>();
        Map<String, TenantState> states = table.states(tenants);
        new TreeMap<>(terms.terms(tenants)).forEach((tenant, terms) -> {
            TenantState state = states.getOrDefault(tenant, TenantState.empty());
            verdicts.add(verdict(tenant, new Maintenance(terms).standing(state, job, now), state, job));
        });
        return new MaintenanceVerdict(job, strictest(verdicts), verdicts);
    }

    private static State strictest(List<OfTenant> verdicts) {
        return verdicts.stream()
                .map(OfTenant::state)
                .max(Comparator.naturalOrder())
                .orElse(State.GO);
    }
}

package dev.flotilla.policy.maintenance;

import dev.flotilla.policy.decision.OpenRequest;
import dev.flotilla.policy.kept.OpenRequests;
import dev.flotilla.policy.maintenance.decision.Event;
import dev.flotilla.policy.maintenance.decision.Job;
import dev.flotilla.policy.maintenance.decision.Maintenance;
import dev.flotilla.policy.maintenance.decision.Step;
import dev.flotilla.policy.maintenance.decision.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Open maintenance requests as they stand against decisions. States are read again only when they have changed. */
@Component
class StoredRequests implements OpenRequests {
    private final MaintenanceTable table;
    private final Tenants tenants;
    private final Map<String, MaintenanceTable.Loaded> known = new ConcurrentHashMap<>();

    StoredRequests(MaintenanceTable table, Tenants tenants) {
        this.table = table;
        this.tenants = tenants;
    }

    @Override
    public List<OpenRequest> of(Set<String> wanted, Instant now) {
        Map<String, Long> versions = table.versions(wanted);
        List<OpenRequest> open = new ArrayList<>();
        versions.forEach((tenant, version) -> {
            TenantState state = state(tenant, version);
            if (!state.jobs().isEmpty()) {
                TenantState present = new Maintenance(tenants.terms(tenant))
                        .after(state, new Event.Tick(), now)
                        .state();
                present.jobs().values().forEach(job -> request(tenant, job).ifPresent(open::add));
            }
        });
        return open;
    }

    private TenantState state(String tenant, long version) {
        MaintenanceTable.Loaded loaded = known.get(tenant);
        if (loaded == null || loaded.version() < version) {
            loaded = table.load(tenant);
            known.put(tenant, loaded);
        }
        return loaded.state();
    }

    private static Optional<OpenRequest> request(String tenant, Job job) {
        Step step = job.step();
        if (job.state().ended() || step == null || !(step.open() || halted(job))) {
            return Optional.empty();
        }
        return Optional.of(new OpenRequest(
                tenant,
                job.id(),
                job.work().rollout(),
                new TreeSet<>(job.work().faultDomains().getOrDefault(step.faultDomain(), List.of())),
                "the tenant '" + tenant + "' has not said yes to " + step.kind() + " of the fault domain "
                        + step.faultDomain() + " in the job '" + job.id() + "'"
                        + (halted(job) ? ": " + job.reason() : ""),
                step.open() && !halted(job) && step.silenceGoesAhead() ? step.deadline() : null));
    }

    private static boolean halted(Job job) {
        return switch (job.state()) {
            case SUSPENDED, ALERTED -> true;
            case PENDING, EXECUTING, CANCELLED, COMPLETED, FAILED -> false;
        };
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** How the tenants of machines are asked, as the policy engine has it. Nothing is asked of them for it. */
@Component
class TenantTerms {
    private static final int BATCH = 100;
    private final MaintenanceApi maintenance;

    TenantTerms(MaintenanceApi maintenance) {
        this.maintenance = maintenance;
    }

    /** The terms of each tenant that has some of the machines, by name. */
    Map<String, Term> of(Collection<Machine> machines) {
        List<String> tenants = new ArrayList<>(new TreeSet<>(
                machines.stream().map(Machine::tenant).filter(Objects::nonNull).toList()));
        Map<String, Term> terms = new TreeMap<>();
        for (int from = 0; from < tenants.size(); from += BATCH) {
            terms.putAll(terms(tenants.subList(from, Math.min(from + BATCH, tenants.size()))));
        }
        return terms;
    }

    /** Those without settings are asked never. */
    private Map<String, Term> terms(List<String> tenants) {
        Map<String, Term> terms = new TreeMap<>();
        try {
            tenants.forEach(tenant -> terms.put(tenant, new Term.Never()));
            maintenance
                    .tenants(tenants, BATCH, null)
                    .items()
                    .forEach(stored -> terms.put(stored.tenant(), term(stored.settings())));
        } catch (RuntimeException e) {
            tenants.forEach(tenant -> terms.put(tenant, new Term.Unknown(String.valueOf(e.getMessage()))));
        }
        return terms;
    }

    private static Term term(TenantSettings settings) {
        return switch (settings.asking()) {
            case NEVER -> new Term.Never();
            case NOTIFY -> new Term.Told(Objects.requireNonNull(settings.deadline()));
            case APPROVE ->
                new Term.Asked(
                        Objects.requireNonNull(settings.deadline()),
                        settings.onSilence() == TenantSettings.OnSilence.GO_AHEAD);
        };
    }
}

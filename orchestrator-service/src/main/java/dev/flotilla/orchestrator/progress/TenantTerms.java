package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.platform.client.RemoteProblem;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How the tenants of machines are asked, as the policy engine has it. Nothing is asked of them for it. */
@Component
class TenantTerms {
    private final MaintenanceApi maintenance;

    TenantTerms(MaintenanceApi maintenance) {
        this.maintenance = maintenance;
    }

    /** The terms of each tenant that has some of the machines, by name. */
    Map<String, Term> of(Collection<Machine> machines) {
        Map<String, Term> terms = new TreeMap<>();
        machines.stream()
                .map(Machine::tenant)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(tenant -> terms.put(tenant, term(tenant)));
        return terms;
    }

    private Term term(String tenant) {
        try {
            TenantSettings settings = maintenance.tenant(tenant).settings();
            return switch (settings.asking()) {
                case NEVER -> new Term.Never();
                case NOTIFY -> new Term.Told(Objects.requireNonNull(settings.deadline()));
                case APPROVE ->
                    new Term.Asked(
                            Objects.requireNonNull(settings.deadline()),
                            settings.onSilence() == TenantSettings.OnSilence.GO_AHEAD);
            };
        } catch (RemoteProblem e) {
            return e.status() == HttpStatus.NOT_FOUND.value()
                    ? new Term.Never()
                    : new Term.Unknown(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Term.Unknown(String.valueOf(e.getMessage()));
        }
    }
}

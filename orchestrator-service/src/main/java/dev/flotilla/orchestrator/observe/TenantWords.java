package dev.flotilla.orchestrator.observe;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.OfTenant;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** How tenants stand to rollouts, without asking them anything. */
@Component
public class TenantWords {
    private static final int BATCH = 100;
    private final MaintenanceApi maintenance;

    TenantWords(MaintenanceApi maintenance) {
        this.maintenance = maintenance;
    }

    /** Those that do not let the rollout go ahead now, by name. Throws when the policy engine gives no answer. */
    public Map<String, OfTenant> against(String rollout, Collection<Machine> machines) {
        List<String> tenants = new ArrayList<>(new TreeSet<>(
                machines.stream().map(Machine::tenant).filter(Objects::nonNull).toList()));
        Map<String, OfTenant> against = new HashMap<>();
        for (int from = 0; from < tenants.size(); from += BATCH) {
            maintenance
                    .standing(rollout, tenants.subList(from, Math.min(from + BATCH, tenants.size())))
                    .tenants()
                    .stream()
                    .filter(tenant -> tenant.state() != State.GO)
                    .forEach(tenant -> against.put(tenant.tenant(), tenant));
        }
        return against;
    }

    /** What a tenant's word, or its silence, means to its machines. */
    public static ClaimAnswer refusal(OfTenant tenant) {
        Step step = tenant.step();
        return new ClaimAnswer(
                null,
                tenant.rule(),
                "tenant " + tenant.tenant() + ": " + tenant.reason(),
                tenant.until(),
                tenant.state() == State.PASS_BY,
                tenant.since(),
                tenant.tenant(),
                step == null ? null : step.kind() + " of " + step.faultDomain(),
                tenant.unblock());
    }
}

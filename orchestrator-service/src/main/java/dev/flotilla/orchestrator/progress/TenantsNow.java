package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.OfTenant;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.TenantWords;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tenants say at this moment, in the place of what they said when the rollout was looked at last. */
record TenantsNow(Observation observed, Map<String, OfTenant> against) {

    /** Of all tenants that have machines of the rollout. Throws when the policy engine gives no answer. */
    static TenantsNow of(Observation observed, TenantWords words) {
        return new TenantsNow(
                observed,
                words.against(observed.rollout().id(), observed.devices().values()));
    }

    /** What the tenant of a machine has against the rollout; null for nothing. */
    @Nullable
    OfTenant word(Machine machine) {
        return machine.tenant() == null ? null : against.get(machine.tenant());
    }

    /** What machines are refused by all. */
    Map<String, ClaimAnswer> refusals() {
        Map<String, ClaimAnswer> refusals = lastRefusals();
        refusals.putAll(ofTenants());
        return refusals;
    }

    /** What machines were refused at the last look, but by tenants as they stand now. */
    Map<String, ClaimAnswer> lastRefusals() {
        Map<String, ClaimAnswer> refusals = new HashMap<>();
        observed.rollout().refusals().forEach((machine, refusal) -> {
            OfTenant now = refusal.tenant() == null ? null : against.get(refusal.tenant());
            if (refusal.tenant() == null) {
                refusals.put(machine, refusal);
            } else if (now != null) {
                refusals.put(machine, TenantWords.refusal(now));
            }
        });
        return refusals;
    }

    /** The machines that their own tenants stand against, and with which nothing was begun. */
    Map<String, ClaimAnswer> ofTenants() {
        Map<String, ClaimAnswer> refusals = new HashMap<>();
        observed.devices().forEach((name, machine) -> {
            OfTenant tenant = word(machine);
            if (tenant != null
                    && concerns(tenant, machine)
                    && !begun(observed.orders().get(name))) {
                refusals.put(name, TenantWords.refusal(tenant));
            }
        });
        return refusals;
    }

    /** What is asked of one fault domain is not asked of another. */
    private static boolean concerns(OfTenant tenant, Machine machine) {
        return tenant.step() == null || tenant.step().faultDomain().equals(machine.faultDomain());
    }

    private static boolean begun(@Nullable OrderRecord order) {
        return order != null && order.repair() != null;
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.OfTenant;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.orchestrator.observe.TenantWords;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.orchestrator.world.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The stops of tenants, which would pause again whatever is resumed while they stand. */
@Component
class TenantStops {
    private static final Logger log = LoggerFactory.getLogger(TenantStops.class);
    private final Rollouts rollouts;
    private final Topology topology;
    private final TenantWords words;

    TenantStops(Rollouts rollouts, Topology topology, TenantWords words) {
        this.rollouts = rollouts;
        this.topology = topology;
        this.words = words;
    }

    /**
     * Why it is no use to resume a deployment, and what comes first; empty where no tenant is known to stop it.
     *
     * @param only the one rollout that it is for; null for all of the deployment
     */
    Optional<String> of(String deployment, @Nullable String only) {
        Set<String> taken = rollouts.takenBackOf(deployment);
        List<Rollout> halted = rollouts.of(deployment).stream()
                .filter(rollout -> only == null || only.equals(rollout.id()))
                .filter(rollout -> rollout.state() == DeploymentState.HALTED && !taken.contains(rollout.id()))
                .toList();
        String others = halted.size() == 1 ? "" : "; the other groups can be resumed alone ('--group')";
        return halted.stream()
                .flatMap(rollout -> stop(rollout).map(tenant -> refusal(rollout, tenant) + others).stream())
                .findFirst();
    }

    private Optional<OfTenant> stop(Rollout rollout) {
        try {
            return words.against(rollout.id(), topology.of(rollout).machines().values()).values().stream()
                    .filter(tenant -> tenant.state() == State.STOP)
                    .min(Comparator.comparing(OfTenant::tenant));
        } catch (RuntimeException e) {
            log.warn("{}: whether a tenant stops it is not known now: {}", rollout.id(), e.toString());
            return Optional.empty();
        }
    }

    private static String refusal(Rollout rollout, OfTenant tenant) {
        String place = rollout.environment() + "/" + rollout.machineFunction();
        return "Tenant " + tenant.tenant() + " has stopped " + rollout.deployment() + " in " + place + " ("
                + tenant.reason()
                + "), and resumed it would be paused again at once. First the tenant, or an operator in its name, resumes "
                + "it by './flotilla maintenance " + tenant.tenant() + " resume " + rollout.id()
                + "'; then 'resume' lets it go on. Nothing was resumed";
    }
}

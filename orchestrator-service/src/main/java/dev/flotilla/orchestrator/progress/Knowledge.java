package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollback.LeftBehind;
import dev.flotilla.orchestrator.rollback.Takeback;
import dev.flotilla.orchestrator.rollout.History;
import dev.flotilla.orchestrator.rollout.PolicyRefusals;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what explanations need beside the decision: no more than these standings need, and what can't be read is missing. */
@Component
class Knowledge {
    private final Rollouts rollouts;
    private final History history;
    private final PolicyRefusals refusals;
    private final PolicyHolders holders;
    private final Neighbours neighbours;
    private final Takeback takeback;

    Knowledge(
            Rollouts rollouts,
            History history,
            PolicyRefusals refusals,
            PolicyHolders holders,
            Neighbours neighbours,
            Takeback takeback) {
        this.rollouts = rollouts;
        this.history = history;
        this.refusals = refusals;
        this.holders = holders;
        this.neighbours = neighbours;
        this.takeback = takeback;
    }

    Known of(Rollout rollout, Observation observed, Collection<MachineStanding> standings) {
        boolean policies = standings.stream().anyMatch(standing -> standing.origin() == Origin.POLICY);
        return new Known(
                history.last(rollout.deployment(), rollout.id()),
                policies ? refusals.of(rollout.id()) : Map.of(),
                newer(rollout, observed.view(), standings),
                standings.stream().anyMatch(Knowledge::mayBeRepaired) ? repairs(rollout) : List.of(),
                policies ? holders.of(observed.view().permits().values()) : Map.of(),
                policies ? tenants(observed.devices()) : Map.of(),
                back(rollout, standings),
                leftBehind(rollout));
    }

    /** Newer deployments may have all its machines meanwhile. */
    private @Nullable String leftBehind(Rollout rollout) {
        if (rollout.state() != DeploymentState.ABORTED
                || rollout.counts().superseded() == rollout.counts().total()) {
            return null;
        }
        return rollouts.leftBehind(rollout.id())
                .map(machines -> LeftBehind.sentence(rollout.version(), List.of(machines)))
                .orElse(null);
    }

    /** Where it can't be known, trying it tells. */
    private GoingBack back(Rollout rollout, Collection<MachineStanding> standings) {
        boolean halted = rollout.state() == DeploymentState.HALTED
                || standings.stream().anyMatch(standing -> standing.rule().equals(Rule.HALTED.id()));
        if (!halted && rollout.state() != DeploymentState.ABORTED) {
            return GoingBack.NOWHERE;
        }
        if (rollouts.takenBack(rollout.id())) {
            return GoingBack.ASKED;
        }
        try {
            return halted && takeback.leadsBack(List.of(rollout)) ? GoingBack.POSSIBLE : GoingBack.NOWHERE;
        } catch (RuntimeException e) {
            return GoingBack.POSSIBLE;
        }
    }

    private Map<String, Instant> newer(Rollout rollout, RolloutView view, Collection<MachineStanding> standings) {
        if (standings.stream().noneMatch(standing -> standing.rule().equals(Rule.SUPERSEDED.id()))) {
            return Map.of();
        }
        Map<String, Instant> newer = new HashMap<>();
        Stream.concat(view.machines().stream().map(MachineView::supersededBy), Stream.ofNullable(view.replaced()))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(deployment -> rollouts.find(
                                Rollout.id(deployment, rollout.environment(), rollout.machineFunction()))
                        .ifPresent(found -> newer.put(deployment, found.startedAt())));
        return newer;
    }

    private static boolean mayBeRepaired(MachineStanding standing) {
        return switch (standing.origin()) {
            case CLAIM ->
                standing.rule().equals(ClaimRule.ACTIVE_REPAIR.id())
                        || standing.rule().equals(ClaimRule.FAULT_DOMAIN.id());
            case ROLLOUT -> Explainer.waitsForItsTurn(standing);
            case POLICY -> false;
        };
    }

    private List<Repair> repairs(Rollout rollout) {
        return neighbours.repairs(rollout).stream()
                .sorted(Comparator.comparing(Repair::since))
                .toList();
    }

    private static Map<String, String> tenants(Map<String, Machine> devices) {
        Map<String, String> tenants = new HashMap<>();
        devices.forEach((machine, device) -> {
            String tenant = device.tenant();
            if (tenant != null) {
                tenants.put(machine, tenant);
            }
        });
        return tenants;
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.decision.Wish;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.observe.TenantWords;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What would hold the machines of a rollout that is halted or ended if it went on now: decided by the same functions, on what everybody says who has
 * a say. Nobody is asked for anything.
 */
@Component
class Prospects {
    private final Rollouts rollouts;
    private final RolloutObserver observer;
    private final Neighbours neighbours;
    private final TenantWords tenants;

    Prospects(Rollouts rollouts, RolloutObserver observer, Neighbours neighbours, TenantWords tenants) {
        this.rollouts = rollouts;
        this.observer = observer;
        this.neighbours = neighbours;
        this.tenants = tenants;
    }

    /** What was foreseen: each machine that something would hold. */
    record Foreseen(RolloutView view, SequencedMap<String, MachineStanding> standings) {}

    /** Empty where the rollout goes on, or can't any more because it is taken back. */
    Optional<Foreseen> of(Rollout rollout, Observation observed, Decision decision) {
        boolean stopped = decision.state() == DeploymentState.HALTED || decision.state() == DeploymentState.ABORTED;
        if (!stopped || rollouts.takenBack(rollout.id())) {
            return Optional.empty();
        }
        Instant now = observed.at();
        Map<String, ClaimAnswer> refusals = new HashMap<>();
        RolloutView view = observer.goneOn(observed, now);
        Map<String, MachineView> machines =
                view.machines().stream().collect(Collectors.toMap(MachineView::name, machine -> machine));
        try {
            refusals.putAll(TenantsNow.of(observed, tenants).ofTenants());
        } catch (RuntimeException e) {
            view = view.withObstacle(new Obstacle(Rule.REPAIRS, "tenants can't be asked: " + e.getMessage()));
        }
        Neighbours.Seen others = neighbours.of(rollout);
        refusals.putAll(others.refusals());
        view = view.withLimit(others.usedUp());
        Decision gone = RolloutDecider.decide(view.withClaims(refusals), now);
        Map<String, ClaimAnswer> ofGroup = new HashMap<>();
        Set<String> down = RolloutDecider.down(view, now);
        for (Wish wish : gone.wishes()) {
            if (!wish.forced()) {
                others.refusal(
                                Objects.requireNonNull(machines.get(wish.machine()))
                                        .faultDomain(),
                                down.contains(wish.machine()))
                        .ifPresent(refusal -> ofGroup.put(wish.machine(), refusal));
            }
        }
        refusals.putAll(ofGroup);
        RolloutView seen = view.withClaims(refusals);
        Decision last = ofGroup.isEmpty() ? gone : RolloutDecider.decide(seen, now);
        Set<String> wished = last.wishes().stream().map(Wish::machine).collect(Collectors.toSet());
        SequencedMap<String, MachineStanding> standings = new LinkedHashMap<>();
        last.standings().forEach((machine, standing) -> {
            boolean stands = stopped(Objects.requireNonNull(decision.standings().get(machine)));
            MachineStanding then = held(standing, refusals.get(machine));
            if (stands && !wished.contains(machine) && holds(then)) {
                standings.put(machine, then.rule().equals(Rule.HALTED.id()) ? again(then) : then);
            }
        });
        return Optional.of(new Foreseen(seen, standings));
    }

    /** What a machine waits for anyway is said already. */
    private static boolean stopped(MachineStanding standing) {
        return standing.phase() == MachinePhase.FAILED
                || standing.rule().equals(Rule.HALTED.id())
                || standing.rule().equals(Rule.ABORTED.id());
    }

    /** Who is refused by somebody is not only waiting for its turn. */
    private static MachineStanding held(MachineStanding standing, @Nullable ClaimAnswer refusal) {
        return refusal != null && Explainer.waitsForItsTurn(standing)
                ? MachineStanding.refused(refusal.passedBy() ? MachinePhase.EXCUSED : MachinePhase.WAITING, refusal)
                : standing;
    }

    private static MachineStanding again(MachineStanding halted) {
        String reason =
                halted.reason().replaceFirst("^the deployment is halted", "the deployment would halt again at once");
        return new MachineStanding(halted.phase(), reason, halted.rule(), halted.until(), halted.origin());
    }

    private static boolean holds(MachineStanding standing) {
        return switch (standing.phase()) {
            case WAITING, EXCUSED ->
                !standing.rule().equals(Rule.ORDERED.id()) && !standing.rule().equals(Rule.RETRY_BACKOFF.id());
            case FETCHING, SWITCHING, RUNNING, FAILED, SUPERSEDED -> false;
        };
    }
}

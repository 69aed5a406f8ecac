package dev.flotilla.orchestrator.act;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.decision.Wish;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The questions of one look: a decision on what is known, what it needs to know further, and again. */
final class Consultation {
    private static final Logger log = LoggerFactory.getLogger(Consultation.class);
    private final Observation observed;
    private final Instant now;
    private final Set<String> candidates;
    private final PolicyAnswers.Look asking;
    private RolloutView view;
    private Decision decision;
    private boolean counted;
    private boolean silence;

    Consultation(Observation observed, Instant now, PolicyAnswers policies) {
        List<String> inTurn = RolloutDecider.candidates(observed.view(), now);
        this.observed = observed;
        this.now = now;
        this.candidates = Set.copyOf(inTurn);
        this.asking = policies.look(observed, inTurn);
        this.view = observed.view();
        try {
            asking.refresh();
            view = asking.in(view);
        } catch (RuntimeException e) {
            view = unanswered(e);
        }
        this.decision = RolloutDecider.decide(view, now);
    }

    /** With all answers. */
    RolloutView view() {
        return view;
    }

    Decision decision() {
        return decision;
    }

    /** True where somebody refused what may be asked again. */
    boolean refused() {
        return asking.refusing() || !view.answers().refusals().isEmpty();
    }

    void decide() {
        decision = RolloutDecider.decide(view, now);
    }

    void remember() {
        asking.remember();
    }

    /**
     * Where others are in the way, or a decision was overtaken after it had claimed, by whatever stopped or replaced the rollout, say: decides with
     * what was claimed for this rollout and is in nobody's book, so that it is given back.
     */
    void strays(boolean overtaken, RepairClaims repairs) {
        boolean ended = view.state() == DeploymentState.ABORTED || view.replaced() != null;
        if (!overtaken && !ended && !view.mayHaveStrays()) {
            return;
        }
        try {
            view = view.withHeld(
                    repairs.held(observed.rollout()), observed.orders().values());
            decide();
        } catch (RuntimeException e) {
            log.warn(
                    "{}: what it holds in device-manager can't be read: {}",
                    observed.rollout().id(),
                    e.toString());
        }
    }

    /** True where the policy engine was asked about machines whose turn has come by what was known. */
    boolean policies() {
        if (!view.obstacles().isEmpty()) {
            return false;
        }
        List<String> turn = Stream.concat(
                        decision.orders().stream().map(Action.Send::machine),
                        decision.wishes().stream().map(Wish::machine))
                .filter(candidates::contains)
                .distinct()
                .toList();
        try {
            if (!asking.ask(turn)) {
                return false;
            }
            view = asking.in(view);
        } catch (RuntimeException e) {
            view = unanswered(e);
        }
        return true;
    }

    /** True where the other rollouts of the deployment were counted: they matter once machines of this one have failed. */
    boolean elsewhere(Rollouts rollouts) {
        if (counted || decision.counts().failed() == 0 || view.state() != DeploymentState.ROLLING_OUT) {
            return false;
        }
        counted = true;
        view = view.withElsewhere(rollouts.elsewhere(observed.rollout()));
        return true;
    }

    /** True where tenants and device-manager were asked about machines whose turn has come, and about those that the rollout has already. */
    boolean claims(TenantQuestions tenants, RepairClaims repairs) {
        List<Wish> wishes = decision.wishes();
        if (wishes.isEmpty() || silence) {
            return false;
        }
        try {
            Map<String, ClaimAnswer> withheld = tenants.withheld(observed, wishes, now);
            view = view.withClaims(withheld);
            List<Wish> free = wishes.stream()
                    .filter(wish -> !withheld.containsKey(wish.machine()))
                    .toList();
            view = view.withClaims(repairs.ask(observed, free, candidates, now));
        } catch (RuntimeException e) {
            silence = true;
            view = unanswered(wishes, e);
        }
        return true;
    }

    /** Nothing is ordered then. It is kept as a refusal of the machines too, for whoever asks what they wait for. */
    private RolloutView unanswered(List<Wish> wishes, RuntimeException e) {
        Obstacle obstacle =
                new Obstacle(Rule.REPAIRS, "nobody answers for the machines whose turn it is: " + e.getMessage());
        ClaimAnswer none = new ClaimAnswer(null, Rule.REPAIRS.id(), obstacle.reason(), null, false);
        if (!observed.rollout().refusals().containsValue(none)) {
            log.warn("{}: {}", observed.rollout().id(), obstacle.reason());
        }
        Map<String, ClaimAnswer> unanswered = wishes.stream()
                .filter(wish -> !view.claims().containsKey(wish.machine()))
                .collect(Collectors.toMap(Wish::machine, wish -> none));
        return view.withClaims(unanswered).withObstacle(obstacle);
    }

    private RolloutView unanswered(RuntimeException e) {
        return view.withObstacle(new Obstacle(Rule.POLICY, "the policy engine gave no answer: " + e.getMessage()));
    }
}

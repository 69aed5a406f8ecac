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
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.rollout.Ledger;
import dev.flotilla.orchestrator.rollout.OrderBook;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at one rollout once: observes, decides, writes the decision down, sends its orders. */
@Component
class RolloutTick {
    /** When to look again. */
    sealed interface Next {
        record At(Instant when) implements Next {}

        record Never() implements Next {}
    }

    /** Where decisions are read from and written to. */
    @Component
    record Books(Rollouts rollouts, Ledger ledger, OrderBook orders) {}

    /** How the outside is changed. */
    @Component
    record Hands(TenantQuestions tenants, RepairClaims repairs, OrderSender sender) {}

    private static final Logger log = LoggerFactory.getLogger(RolloutTick.class);
    private final Books books;
    private final RolloutObserver observer;
    private final Hands hands;
    private final TickProperties properties;
    private final InstantSource time;
    /** Rollouts whose last decision here was overtaken. */
    private final Set<String> overtaken = ConcurrentHashMap.newKeySet();

    RolloutTick(Books books, RolloutObserver observer, Hands hands, TickProperties properties, InstantSource time) {
        this.books = books;
        this.observer = observer;
        this.hands = hands;
        this.properties = properties;
        this.time = time;
    }

    Next look(String id) {
        Optional<Rollout> rollout = books.rollouts().find(id);
        if (rollout.isEmpty()) {
            return new Next.Never();
        }
        Instant now = time.instant();
        Observation observed = observer.observe(rollout.get(), now);
        RolloutView view = withStrays(observed, claimed(observed, now));
        Decision decision = RolloutDecider.decide(view, now);
        if (unseen(observed)) {
            return new Next.At(now.plus(properties.busy()));
        }
        Optional<Long> epoch = books.ledger()
                .write(
                        observed.rollout(),
                        observed.orders(),
                        decision,
                        view.answers().refusals(),
                        now);
        if (epoch.isEmpty()) {
            overtaken.add(id);
            log.info("{}: someone else has written in the meantime; looking again", id);
            return new Next.At(now);
        }
        overtaken.remove(id);
        tell(observed.rollout(), decision);
        List<Action.Send> orders = decision.orders();
        if (!orders.isEmpty()) {
            books.orders().note(id, hands.sender().send(observed, orders, epoch.get()));
        }
        List<Action.Close> closed = decision.closed();
        // Whoever was paused since the writing closes nothing: the repair may be in use again, for an order of somebody
        // else.
        if (!closed.isEmpty() && books.rollouts().unchanged(id, epoch.get())) {
            books.orders().closed(id, hands.repairs().close(observed.rollout(), closed));
        }
        boolean told = hands.tenants().finished(observed, decision.state(), now);
        return decision.over() && told ? new Next.Never() : new Next.At(next(decision, now));
    }

    /** The view with the tenants' and device-manager's answers about all machines whose turn has come, and about those that the rollout has already. */
    private RolloutView claimed(Observation observed, Instant now) {
        RolloutView view = observed.view();
        List<Wish> wishes = RolloutDecider.decide(view, now).wishes();
        while (!wishes.isEmpty()) {
            try {
                Map<String, ClaimAnswer> withheld = hands.tenants().withheld(observed, wishes, now);
                view = view.withClaims(withheld);
                List<Wish> free = wishes.stream()
                        .filter(wish -> !withheld.containsKey(wish.machine()))
                        .toList();
                view = view.withClaims(hands.repairs().ask(observed.rollout(), free));
            } catch (RuntimeException e) {
                return unanswered(observed.rollout(), view, wishes, e);
            }
            wishes = RolloutDecider.decide(view, now).wishes();
        }
        return view;
    }

    /** Nothing is ordered then. It is kept as a refusal of the machines too, for whoever asks what they wait for. */
    private static RolloutView unanswered(Rollout rollout, RolloutView view, List<Wish> wishes, RuntimeException e) {
        Obstacle obstacle =
                new Obstacle(Rule.REPAIRS, "nobody answers for the machines whose turn it is: " + e.getMessage());
        ClaimAnswer none = new ClaimAnswer(null, Rule.REPAIRS.id(), obstacle.reason(), null, false);
        if (!rollout.refusals().containsValue(none)) {
            log.warn("{}: {}", rollout.id(), obstacle.reason());
        }
        Map<String, ClaimAnswer> unanswered = wishes.stream()
                .filter(wish -> !view.claims().containsKey(wish.machine()))
                .collect(Collectors.toMap(Wish::machine, wish -> none));
        return view.withClaims(unanswered).withObstacle(obstacle);
    }

    /**
     * Where others are in the way, or a decision was overtaken after it had claimed, by whatever stopped or replaced the rollout, say: the view with
     * what was claimed for this rollout and is in nobody's book, so that it is given back.
     */
    private RolloutView withStrays(Observation observed, RolloutView view) {
        try {
            return view.mayHaveStrays()
                            || overtaken.contains(view.rollout())
                            || view.replaced() != null
                            || view.state() == DeploymentState.ABORTED
                    ? view.withHeld(
                            hands.repairs().held(observed.rollout()),
                            observed.orders().values())
                    : view;
        } catch (RuntimeException e) {
            log.warn(
                    "{}: what it holds in device-manager can't be read: {}",
                    observed.rollout().id(),
                    e.toString());
            return view;
        }
    }

    /** Where not even the machines of a whole group are known, what was counted before stays. */
    private static boolean unseen(Observation observed) {
        return observed.view().machines().isEmpty()
                && observed.view().obstacles().stream().anyMatch(obstacle -> obstacle.rule() == Rule.TOPOLOGY);
    }

    private Instant next(Decision decision, Instant now) {
        boolean busy = !decision.orders().isEmpty()
                || decision.reason() != null && decision.state() == DeploymentState.ROLLING_OUT
                || decision.counts().fetching() + decision.counts().switching() > 0;
        Instant next = now.plus(busy ? properties.busy() : properties.steady());
        Instant due = decision.nextLook();
        if (due != null && due.isBefore(next)) {
            next = due;
        }
        Duration least = properties.soonest();
        return next.isBefore(now.plus(least)) ? now.plus(least) : next;
    }

    private static void tell(Rollout rollout, Decision decision) {
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Fail fail ->
                    log.warn(
                            "{}: {} failed on {}, failure {}: {}",
                            rollout.id(),
                            rollout.version(),
                            fail.machine(),
                            fail.failures(),
                            fail.reason());
                case Action.Close close ->
                    log.debug(
                            "{}: {} of {} is over: {}", rollout.id(), close.repair(), close.machine(), close.outcome());
                case Action.Halt halt -> log.error("{}: halted: {}", rollout.deployment(), halt.reason());
                case Action.Settle settle ->
                    log.info("{}: {} runs on {}", rollout.id(), rollout.version(), settle.machine());
                case Action.Suspend suspend ->
                    log.warn("{}: {} is lost while it is being changed", rollout.id(), suspend.machine());
                case Action.Send send -> {}
            }
        }
        if (decision.state() != rollout.state()) {
            log.info(
                    "{}: {} {} is {}, {}",
                    rollout.id(),
                    rollout.service(),
                    rollout.version(),
                    decision.state(),
                    decision.counts());
        }
    }
}

package dev.flotilla.orchestrator.consultation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decider;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.decision.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one look at a rollout: a decision on what is known, what it needs to know further, and again, until it needs nothing more.
 * Everybody who has a say about a machine is asked anew at each look before the machine is ordered; repairs that are only held on to are renewed in
 * time.
 */
public final class Consultation {
    /** Shorter than it takes others to find that whoever looks stands still, and to look themselves. */
    private static final Duration ALONE = Duration.ofSeconds(5);

    private static final Duration JUST_AFTER = Duration.ofMillis(1);
    private static final Permit LEFT_OUT =
            new Permit(Effect.DEFER, "the policy engine left it out of its answer", null, null);
    private final Map<String, OrderRecord> book;
    private final Memory memory;
    private final Decider decider;
    private final Instant now;
    private final Set<String> candidates;
    private final RefusedByPolicy.Look policies;
    private final List<Wish> toClaim = new ArrayList<>();
    private List<String> asked = List.of();
    private RolloutView view;
    private @Nullable Decision decision;
    private boolean limited;
    private boolean counted;
    private boolean silence;
    private boolean searched;
    private boolean foundNoStrays;
    private boolean claimed;
    private @Nullable Instant consented;

    /**
     * Begins it.
     *
     * @param view what can be known without asking
     * @param book the latest order of each machine, those of machines that have gone too
     */
    public Consultation(RolloutView view, Map<String, OrderRecord> book, Memory memory, Decider decider, Instant now) {
        List<String> inTurn = decider.candidates(view, now);
        this.book = book;
        this.memory = memory;
        this.decider = decider;
        this.now = now;
        this.candidates = new HashSet<>(inTurn);
        this.policies = memory.policies().new Look(view.rollout(), inTurn, now);
        this.view = policies.in(view);
    }

    /** What to ask next, to be answered before the next is asked for; empty when the decision is final. */
    public Optional<Question> next() {
        List<String> old = view.obstacles().isEmpty() ? policies.old() : List.of();
        if (!old.isEmpty()) {
            return asking(old);
        }
        if (!toClaim.isEmpty()) {
            return Optional.of(new Question.Claims(List.copyOf(toClaim)));
        }
        if (!limited && !decider.down(view, now).isEmpty()) {
            limited = true;
            return Optional.of(new Question.Limit());
        }
        Decision made = decision();
        List<String> unasked = view.obstacles().isEmpty() ? policies.unasked(inTurn(made)) : List.of();
        if (!unasked.isEmpty()) {
            return asking(unasked);
        }
        if (!counted && made.counts().failed() > 0 && view.state() == DeploymentState.ROLLING_OUT) {
            counted = true;
            return Optional.of(new Question.Elsewhere());
        }
        if (!made.wishes().isEmpty() && !silence) {
            return Optional.of(new Question.Tenants(made.wishes()));
        }
        if (!searched && mayHaveStrays()) {
            searched = true;
            return Optional.of(new Question.Held());
        }
        policies.remember();
        return Optional.empty();
    }

    private Optional<Question> asking(List<String> machines) {
        asked = machines;
        return Optional.of(new Question.Policies(machines));
    }

    /** The policy engine answered; a machine that it says nothing of is not ordered. */
    public void permits(Map<String, Permit> permits) {
        Map<String, Permit> all = new HashMap<>(permits);
        asked.forEach(machine -> all.putIfAbsent(machine, LEFT_OUT));
        boolean news = policies.answered(all);
        RolloutView known = policies.in(view);
        if (news) {
            learn(known);
        } else {
            view = known;
        }
    }

    /** The policy engine gave no answer: nothing is ordered. */
    public void noPermits(String why) {
        learn(view.withObstacle(new Obstacle(Rule.POLICY, "the policy engine gave no answer: " + why)));
    }

    /** device-manager said whether broken machines use up the limit of the group; where it gave no answer, none of its answers will be had. */
    public void limit(boolean usedUp) {
        learn(view.withLimit(usedUp));
    }

    /** The other rollouts of the deployment were counted: they matter once machines of this one have failed. */
    public void elsewhere(Elsewhere counts) {
        learn(view.withElsewhere(counts));
    }

    /**
     * The tenants answered: what they withhold is not claimed.
     *
     * @param at when they were asked; null where there are none
     */
    public void withheld(List<Wish> wishes, Map<String, ClaimAnswer> withheld, @Nullable Instant at) {
        consented = consented == null ? at : consented;
        Map<String, ClaimAnswer> known = new HashMap<>(withheld);
        for (Wish wish : wishes) {
            if (!withheld.containsKey(wish.machine())) {
                held(wish)
                        .ifPresentOrElse(
                                repair -> known.put(wish.machine(), ClaimAnswer.granted(repair)),
                                () -> toClaim.add(wish));
            }
        }
        learn(view.withClaims(known));
    }

    /**
     * device-manager answered.
     *
     * @param lease how long a repair that it granted is the rollout's
     */
    public void claimed(Map<String, ClaimAnswer> answers, Duration lease) {
        claimed = true;
        answers.forEach((machine, answer) -> {
            if (answer.repair() != null) {
                memory.leases().granted(view.rollout(), machine, answer.repair(), now, lease);
            }
        });
        Map<String, ClaimAnswer> all = new HashMap<>(answers);
        toClaim.forEach(wish -> all.putIfAbsent(
                wish.machine(),
                new ClaimAnswer(null, Rule.REPAIRS.id(), "device-manager left it out of its answer", null, false)));
        toClaim.clear();
        learn(view.withClaims(all));
    }

    /**
     * True where machines would be ordered whose tenants agreed so long ago that somebody else may have looked meanwhile and told them that nothing
     * happens: that leaves no trace in the ledger. All is asked anew then. A decision that orders nothing stands, however long others took to answer.
     */
    public boolean outdated(Instant now) {
        return consented != null && !decision().orders().isEmpty() && !now.isBefore(consented.plus(ALONE));
    }

    /** True while nobody else can be at a look of his own, which leaves no trace in the ledger before it is written down. */
    public boolean alone(Instant now) {
        return now.isBefore(this.now.plus(ALONE));
    }

    /** Tenants or device-manager gave no answer: nothing is ordered. It is kept as a refusal of the machines too, for whoever asks what they wait for. */
    public void unanswered(List<Wish> wishes, String why) {
        silence = true;
        toClaim.clear();
        Obstacle obstacle = new Obstacle(Rule.REPAIRS, "nobody answers for the machines whose turn it is: " + why);
        ClaimAnswer none = new ClaimAnswer(null, Rule.REPAIRS.id(), obstacle.reason(), null, false);
        Map<String, ClaimAnswer> refusals = new HashMap<>();
        wishes.stream()
                .map(Wish::machine)
                .filter(machine -> !view.claims().containsKey(machine))
                .forEach(machine -> refusals.put(machine, none));
        learn(view.withClaims(refusals).withObstacle(obstacle));
    }

    /** The repairs that device-manager says the rollout has, by machine: those that nobody's book names are given back. */
    public void held(Map<String, String> held) {
        learn(view.withHeld(held, book.values()));
        foundNoStrays = view.answers().strays().isEmpty();
    }

    /** True where device-manager says which repairs the rollout has, and a book names them all. */
    public boolean foundNoStrays() {
        return foundNoStrays;
    }

    /** True where device-manager was asked for machines, and answered. */
    public boolean hasClaimed() {
        return claimed;
    }

    /** With all answers so far. */
    public RolloutView view() {
        return view;
    }

    public Decision decision() {
        Decision made = decision == null ? decider.decide(view, now) : decision;
        decision = made;
        return made;
    }

    /**
     * Until when another look would find nothing to do if nothing is heard, after this one found nothing. Empty where somebody has a say who tells
     * nobody when he changes his mind.
     *
     * @param tenants true where tenants have machines of it
     */
    public Optional<Instant> restUntil(boolean tenants) {
        boolean overtaken = memory.overtaken().contains(view.rollout());
        if (tenants || overtaken || !view.obstacles().isEmpty() || view.state() == DeploymentState.SUPERSEDED) {
            return Optional.empty();
        }
        boolean refused = policies.refusing()
                || !view.answers().refusals().isEmpty()
                || decision().counts().failed() > 0;
        Instant followed = view.registrySince();
        return Stream.concat(
                        book.values().stream().flatMap(order -> Stream.concat(ends(order), renewal(order))),
                        Stream.of(
                                now.plus(refused ? memory.steady() : memory.trust()),
                                decision().nextLook(),
                                view.progressDeadline(),
                                followed == null
                                        ? null
                                        : followed.plus(view.pace().grace())))
                .filter(Objects::nonNull)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** When the repair of the order must be renewed: soon, where it is not known how long it lasts. */
    private Stream<Instant> renewal(OrderRecord order) {
        return order.repair() == null
                ? Stream.empty()
                : Stream.of(memory.leases().renewAt(view.rollout(), order, now).orElse(now.plus(memory.steady())));
    }

    /** When an order that is open can't be taken or comes to an end. */
    private Stream<Instant> ends(OrderRecord order) {
        return order.state().open() || order.state() == OrderState.AHEAD
                ? Stream.of(order.deadline(), order.nextAt().plus(view.pace().inTransit()))
                        .map(end -> end.plus(JUST_AFTER))
                : Stream.empty();
    }

    private void learn(RolloutView known) {
        view = known;
        decision = null;
    }

    /** Others are in the way, or a decision was overtaken after it had claimed, by whatever stopped or replaced the rollout, say. */
    private boolean mayHaveStrays() {
        return view.mayHaveStrays()
                || view.replaced() != null
                || view.state() == DeploymentState.HALTED
                || view.state() == DeploymentState.ABORTED
                || memory.overtaken().contains(view.rollout());
    }

    private List<String> inTurn(Decision decision) {
        return Stream.concat(
                        decision.orders().stream().map(Action.Send::machine),
                        decision.wishes().stream().map(Wish::machine))
                .filter(candidates::contains)
                .distinct()
                .toList();
    }

    /** A repair that the rollout has, and that need not be renewed yet. Before a machine is ordered device-manager is asked in any case. */
    private Optional<String> held(Wish wish) {
        if (candidates.contains(wish.machine())) {
            return Optional.empty();
        }
        return memory.leases().held(view.rollout(), book.get(wish.machine()), now);
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Amount;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The promises of the decision core over seeded random worlds, and that each is found broken when its rule is taken away. */
class RolloutPropertiesTest {
    private static final int WORLDS = Integer.getInteger("flotilla.worlds", 300);
    private static final long FIRST = Long.getLong("flotilla.seed", 1);

    @Test
    void keepsItsPromisesInEveryWorld() {
        for (long seed = FIRST; seed < FIRST + WORLDS; seed++) {
            try {
                new Simulation(seed, RolloutDecider::decide, Safeguard.ALL).run();
            } catch (Breach e) {
                throw new AssertionError(
                        "seed " + seed + " (run it again with -Dflotilla.seed=" + seed + " -Dflotilla.worlds=1): "
                                + e.getMessage(),
                        e);
            }
        }
    }

    @Test
    void isCaughtWithoutALimitOnMachinesChangedAtOnce() {
        assertThat(breaches(careless((view, limits) -> new Limits(
                        Amount.parse("100%"),
                        limits.failureThreshold(),
                        limits.maxAttempts(),
                        limits.canaryMachines(),
                        limits.minHealthyTime()))))
                .contains(Promise.MAX_UNAVAILABLE);
    }

    @Test
    void isCaughtWhenTheNextFaultDomainBeginsBeforeTheLastHasProvedItself() {
        assertThat(breaches(careless((view, limits) -> new Limits(
                        limits.maxUnavailable(),
                        limits.failureThreshold(),
                        limits.maxAttempts(),
                        limits.canaryMachines(),
                        Duration.ZERO))))
                .contains(Promise.MIN_HEALTHY_TIME);
    }

    @Test
    void isCaughtWhenNoCanaryGoesAhead() {
        assertThat(breaches(careless((view, limits) -> new Limits(
                        limits.maxUnavailable(),
                        limits.failureThreshold(),
                        limits.maxAttempts(),
                        Amount.parse("0"),
                        limits.minHealthyTime()))))
                .contains(Promise.CANARY);
    }

    @Test
    void isCaughtWhenItDoesNotHeedDeviceManager() {
        assertThat(breaches(seeing(view -> {
                    Map<String, ClaimAnswer> all = new HashMap<>();
                    view.machines().forEach(machine -> all.put(machine.name(), ClaimAnswer.granted("r")));
                    return view.withClaims(all);
                })))
                .contains(Promise.REPAIR);
    }

    @Test
    void isCaughtWithoutThePolicyEnginesWord() {
        assertThat(breaches(seeing(view -> {
                    Map<String, Permit> all = new HashMap<>();
                    view.machines().forEach(machine -> all.put(machine.name(), Permit.ALLOWED));
                    return view.withPermits(all);
                })))
                .contains(Promise.POLICY);
    }

    @Test
    void isCaughtWhenItForgetsAHalt() {
        assertThat(breaches(seeing(view -> new RolloutView(
                                view.rollout(),
                                view.group(),
                                view.goal(),
                                new Course(
                                        DeploymentState.ROLLING_OUT,
                                        null,
                                        view.replaced(),
                                        view.course().progressedAt(),
                                        null),
                                new Limits(
                                        view.limits().maxUnavailable(),
                                        view.limits().failureThreshold(),
                                        99,
                                        Amount.parse("0"),
                                        view.limits().minHealthyTime()),
                                view.pace(),
                                view.machines(),
                                view.elsewhere(),
                                view.answers(),
                                view.obstacles(),
                                view.registrySince())
                        .withPermits(permitAll(view)))))
                .containsAnyOf(Promise.HALT, Promise.POLICY);
    }

    @Test
    void isCaughtWhenItOrdersMachinesThatANewerDeploymentHas() {
        assertThat(breaches((view, now) -> {
                    RolloutView blind = with(
                            view,
                            view.limits(),
                            view.elsewhere(),
                            view.machines().stream()
                                    .map(machine -> new MachineView(
                                            machine.name(),
                                            machine.faultDomain(),
                                            null,
                                            null,
                                            machine.sight(),
                                            machine.order()))
                                    .toList());
                    return RolloutDecider.decide(blind.withPermits(permitAll(blind)), now);
                }))
                .contains(Promise.NEWEST_WINS);
    }

    @Test
    void isCaughtWhenARepeatedOrderGetsANewId() {
        assertThat(breaches((view, now) -> changing(RolloutDecider.decide(view, now), send -> {
                    OrderRecord order = send.order();
                    return new Action.Send(new OrderRecord(
                            order.machine(),
                            order.attempt(),
                            order.orderId() + "-" + order.sends(),
                            order.state(),
                            order.failures(),
                            order.sends(),
                            order.orderedAt(),
                            order.deadline(),
                            order.nextAt(),
                            order.mending(),
                            order.repair(),
                            order.problem()));
                })))
                .contains(Promise.ONCE);
    }

    @Test
    void isCaughtWhenItTriesOnlyOnce() {
        assertThat(breaches((view, now) -> {
                    return without(
                            RolloutDecider.decide(view, now),
                            action -> action instanceof Action.Send send
                                    && (send.again() || send.order().attempt() > 1));
                }))
                .contains(Promise.CONVERGENCE);
    }

    @Test
    void isCaughtWhenAPausedOrchestratorMayStillAct() {
        assertThat(breachesWithout(Safeguard.FENCED_WRITING)).isNotEmpty();
    }

    @Test
    void isCaughtWhenAPausedOrchestratorMayStillSend() {
        assertThat(breachesWithout(Safeguard.READ_AGAIN_BEFORE_SENDING)).contains(Promise.HALT);
    }

    @Test
    void isCaughtWhenAnOrderPermitsASwitchForEver() {
        assertThat(breachesWithout(Safeguard.LAPSING_ORDERS))
                .contains(Promise.HALT, Promise.POLICY, Promise.NEWEST_WINS);
    }

    @Test
    void isCaughtWhenBytesThatCameLateAreForgotten() {
        assertThat(breaches((view, now) -> {
                    Set<String> fetched = view.machines().stream()
                            .filter(machine -> machine.sight() != null
                                    && machine.sight().running() != null
                                    && machine.sight().running().order() != null
                                    && machine.sight().running().order().phase() == OrderPhase.FETCHED)
                            .map(MachineView::name)
                            .collect(Collectors.toSet());
                    return without(
                            RolloutDecider.decide(view, now),
                            action -> action instanceof Action.Send send && fetched.contains(send.machine()));
                }))
                .contains(Promise.CONVERGENCE);
    }

    private static Set<Promise> breaches(Brain broken) {
        Set<Promise> breaches = EnumSet.noneOf(Promise.class);
        LongStream.range(1, 40).forEach(seed -> run(seed, broken, Safeguard.ALL, breaches));
        return breaches;
    }

    private static Set<Promise> breachesWithout(Safeguard missing) {
        Set<Promise> breaches = EnumSet.noneOf(Promise.class);
        LongStream.range(1, 200)
                .forEach(seed -> run(seed, RolloutDecider::decide, Safeguard.without(missing), breaches));
        return breaches;
    }

    private static void run(long seed, Brain brain, Set<Safeguard> safeguards, Set<Promise> breaches) {
        try {
            new Simulation(seed, brain, safeguards).run();
        } catch (Breach e) {
            breaches.add(e.promise());
        } catch (RuntimeException e) {
            // a decider that breaks the rules may well trip over the records that it left
        }
    }

    private static Brain careless(BiFunction<RolloutView, Limits, Limits> limits) {
        return seeing(view -> with(view, limits.apply(view, view.limits()), view.elsewhere(), view.machines()));
    }

    private static Brain seeing(UnaryOperator<RolloutView> doctored) {
        return (view, now) -> RolloutDecider.decide(doctored.apply(view), now);
    }

    private static Decision changing(Decision decision, UnaryOperator<Action.Send> change) {
        return with(
                decision,
                decision.actions().stream()
                        .map(action -> action instanceof Action.Send send ? change.apply(send) : action)
                        .toList());
    }

    private static Decision without(Decision decision, Predicate<Action> left) {
        return with(decision, decision.actions().stream().filter(left.negate()).toList());
    }

    private static Decision with(Decision decision, List<Action> actions) {
        return new Decision(
                actions,
                decision.standings(),
                decision.counts(),
                decision.state(),
                decision.reason(),
                decision.wishes(),
                decision.progressed(),
                decision.over(),
                decision.nextLook());
    }

    private static Map<String, Permit> permitAll(RolloutView view) {
        Map<String, Permit> all = new HashMap<>(view.permits());
        view.machines().forEach(machine -> all.putIfAbsent(machine.name(), Permit.ALLOWED));
        return all;
    }

    private static RolloutView with(RolloutView view, Limits limits, Elsewhere elsewhere, List<MachineView> machines) {
        return new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                new Course(
                        view.state(),
                        view.course().reason(),
                        null,
                        view.course().progressedAt(),
                        null),
                limits,
                view.pace(),
                machines,
                elsewhere,
                view.answers(),
                view.obstacles(),
                view.registrySince());
    }
}

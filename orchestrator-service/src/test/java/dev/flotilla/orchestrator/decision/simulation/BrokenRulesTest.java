package dev.flotilla.orchestrator.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Amount;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import dev.flotilla.orchestrator.decision.simulation.SimRollout.SimDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the worlds of {@link PromisesTest} would notice: each rule is taken away in turn, and some world breaks its promise. */
class BrokenRulesTest {
    private static final int MOST = 600;

    @ParameterizedTest
    @MethodSource({"rulesOfTheDecision", "rulesOfTheOrders", "rulesAroundIt"})
    void isCaught(Promise promise, Brain brain, Set<Safeguard> safeguards) {
        assertThat(caught(promise, brain, safeguards))
                .as("%s broken in some of %s worlds", promise, MOST)
                .isTrue();
    }

    private static boolean caught(Promise promise, Brain brain, Set<Safeguard> safeguards) {
        return LongStream.rangeClosed(1, MOST)
                .parallel()
                .anyMatch(seed -> promise == breach(seed, promise, brain, safeguards));
    }

    private static @Nullable Promise breach(long seed, Promise promise, Brain brain, Set<Safeguard> safeguards) {
        try {
            new Simulation(seed, brain, safeguards).only(promise).run();
            return null;
        } catch (Breach e) {
            return e.promise();
        } catch (RuntimeException e) {
            return null; // a decider that breaks the rules may well trip over the records that it left
        }
    }

    static Stream<Arguments> rulesOfTheDecision() {
        return Stream.of(
                broken(
                        "the owner's limit",
                        Promise.MAX_UNAVAILABLE,
                        Broken.limits(
                                limits -> limits(limits, "100%", limits.canaryMachines(), limits.minHealthyTime()))),
                broken(
                        "min healthy time",
                        Promise.MIN_HEALTHY_TIME,
                        Broken.limits(limits -> limits(
                                limits, limits.maxUnavailable().toString(), limits.canaryMachines(), Duration.ZERO))),
                broken(
                        "canaries",
                        Promise.CANARY,
                        Broken.limits(limits -> limits(
                                limits,
                                limits.maxUnavailable().toString(),
                                Amount.parse("0"),
                                limits.minHealthyTime()))),
                broken("device-manager's word", Promise.REPAIR, Broken.withoutClaims()),
                broken("the policy engine's word", Promise.POLICY, Broken.withoutPermits()),
                broken("an override ahead of a freeze", Promise.OVERRIDE, Broken.withoutOverrides()),
                broken(
                        "machines that are down first",
                        Promise.CONVERGENCE,
                        Broken.without(action -> action instanceof Action.Send send
                                && send.order().outOfTurn())),
                broken("a halt", Promise.HALT, Broken.course(BrokenRulesTest::goingOn)),
                broken(
                        "a newer deployment",
                        Promise.NEWEST_WINS,
                        Broken.machines(machine -> new MachineView(
                                machine.name(),
                                machine.faultDomain(),
                                null,
                                machine.gone(),
                                machine.sight(),
                                machine.order()))),
                broken(
                        "a machine that went away",
                        Promise.GONE,
                        Broken.machines(machine -> new MachineView(
                                machine.name(),
                                machine.faultDomain(),
                                machine.supersededBy(),
                                null,
                                machine.sight(),
                                machine.order()))));
    }

    static Stream<Arguments> rulesOfTheOrders() {
        return Stream.of(
                broken("one id for a repeated order", Promise.ONCE, Broken.sending(BrokenRulesTest::renamed)),
                broken(
                        "trying again",
                        Promise.CONVERGENCE,
                        Broken.without(action -> action instanceof Action.Send send
                                && (send.again() || send.order().attempt() > 1))),
                broken("giving repairs back", Promise.CONVERGENCE, Broken.without(Action.Close.class::isInstance)),
                broken("bytes that came late", Promise.CONVERGENCE, Broken.forgettingFetched()),
                broken("asking for a machine once", Promise.CONVERGENCE, Broken.askingTwice()),
                broken(
                        "a reason for each wait",
                        Promise.EXPLANATION,
                        Broken.explaining(standing ->
                                new MachineStanding(standing.phase(), "", standing.rule(), standing.until()))),
                broken(
                        "the right reason",
                        Promise.EXPLANATION,
                        Broken.explaining(standing -> standing.rule().equals("fault-domain")
                                ? new MachineStanding(standing.phase(), standing.reason(), "freeze", null)
                                : standing)));
    }

    static Stream<Arguments> rulesAroundIt() {
        return Stream.of(
                missing(Safeguard.FENCED_WRITING, Promise.HALT),
                missing(Safeguard.READ_AGAIN_BEFORE_SENDING, Promise.EPOCH),
                missing(Safeguard.LAPSING_ORDERS, Promise.POLICY),
                missing(Safeguard.LAPSING_ORDERS, Promise.REPAIR),
                missing(Safeguard.TENANTS_ASKED, Promise.TENANT),
                missing(Safeguard.HALT_STOPS_ALL, Promise.HALT),
                missing(Safeguard.ONE_FAULT_DOMAIN, Promise.FAULT_DOMAIN),
                missing(Safeguard.GROUP_LIMIT, Promise.GROUP_LIMIT),
                missing(Safeguard.CRASHES_COUNT, Promise.GROUP_LIMIT),
                missing(Safeguard.STRAYS_GIVEN_BACK, Promise.CONVERGENCE));
    }

    /** What agents refuse is kept from them by device-manager too, so that this is seen only where its word is not heeded. */
    @Test
    void agentsNeverGoBackWhereTheFirstLineHasFallen() {
        Brain careless = Broken.withoutClaims();
        assertThat(caught(Promise.BACKWARDS, careless, Safeguard.without(Safeguard.AGENTS_NEVER_GO_BACK)))
                .isTrue();
        assertThat(caught(Promise.BACKWARDS, careless, Safeguard.ALL)).isFalse();
    }

    /** It takes an order that arrives after the next one was given: too seldom to wait for it. */
    @Test
    void agentsKnowEpochsWhereTheFirstLineHasFallen() {
        assertThatThrownBy(() -> lateOrder(Safeguard.without(Safeguard.AGENTS_KNOW_EPOCHS)))
                .isInstanceOfSatisfying(
                        Breach.class, breach -> assertThat(breach.promise()).isEqualTo(Promise.EPOCH));
        assertThat(lateOrder(Safeguard.ALL)).isEqualTo(SimService.Answer.OUTDATED);
    }

    private static SimService.@Nullable Answer lateOrder(Set<Safeguard> safeguards) {
        SimWorld world = new SimWorld(1, RolloutDecider::decide, safeguards);
        world.faults = false;
        world.only = Promise.EPOCH;
        SimMachine machine = new SimMachine("m1", "g0", "fd1", null, world.now);
        world.machines.put("m1", machine);
        Limits limits = Limits.of(RolloutOptions.DEFAULTS);
        SimRollout rollout =
                new SimRollout(new SimDeployment("d1", 1, "s1", "v1", limits), "g0", List.of("m1"), world.now);
        world.rollouts.add(rollout);
        world.network.send(machine.service("s1"), order(world, rollout, 2, 2));
        return world.network.send(machine.service("s1"), order(world, rollout, 1, 1));
    }

    private static SimOrder order(SimWorld world, SimRollout rollout, long epoch, int attempt) {
        return new SimOrder(
                "o" + attempt,
                rollout,
                epoch,
                attempt,
                false,
                false,
                true,
                world.now,
                world.now,
                world.now.plus(SimWorld.VALIDITY),
                world.now.plus(SimWorld.LEASE));
    }

    private static Arguments broken(String rule, Promise promise, Brain brain) {
        return argumentSet(rule, promise, brain, Safeguard.ALL);
    }

    private static Arguments missing(Safeguard safeguard, Promise promise) {
        Brain brain = RolloutDecider::decide;
        return argumentSet(safeguard + ", by " + promise, promise, brain, Safeguard.without(safeguard));
    }

    private static Limits limits(Limits limits, String most, Amount canaries, Duration minHealthyTime) {
        return new Limits(
                Amount.parse(most), limits.failureThreshold(), limits.maxAttempts(), canaries, minHealthyTime);
    }

    private static Course goingOn(Course course) {
        return course.state() == DeploymentState.HALTED
                ? new Course(DeploymentState.ROLLING_OUT, null, course.replaced(), course.progressedAt(), null)
                : course;
    }

    private static Action.Send renamed(Action.Send send) {
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
                order.outOfTurn(),
                order.repair(),
                order.problem()));
    }
}

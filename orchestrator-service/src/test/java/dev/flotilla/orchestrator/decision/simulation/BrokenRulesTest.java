package dev.flotilla.orchestrator.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Amount;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.simulation.Breach.Promise;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the worlds of {@link PromisesTest} would notice: each rule is taken away in turn, and some world breaks its promise. */
class BrokenRulesTest {
    private static final int MOST = 600;
    private static final int SELDOM = 2000;
    /** Looked through only until the first is found. */
    private static final int ONCE_IN = 20_000;

    @ParameterizedTest
    @MethodSource({"rulesOfTheDecision", "rulesOfTheOrders", "rulesAroundIt"})
    void isCaught(Promise promise, Brain brain, Set<Safeguard> safeguards) {
        assertThat(caught(promise, brain, safeguards, MOST))
                .as("%s broken in some of %s worlds", promise, MOST)
                .isTrue();
    }

    private static boolean caught(Promise promise, Brain brain, Set<Safeguard> safeguards, int worlds) {
        return LongStream.rangeClosed(1, worlds)
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
    static Stream<Arguments> secondLinesOfDefence() {
        return Stream.of(
                argumentSet("epochs", Promise.EPOCH, Safeguard.AGENTS_KNOW_EPOCHS),
                argumentSet("never back", Promise.BACKWARDS, Safeguard.AGENTS_NEVER_GO_BACK));
    }

    @ParameterizedTest
    @MethodSource("secondLinesOfDefence")
    void isHeldWhereTheFirstHasFallen(Promise promise, Safeguard second) {
        Brain careless = Broken.withoutClaims();
        assertThat(caught(promise, careless, Safeguard.without(second), ONCE_IN))
                .as("without %s", second)
                .isTrue();
        assertThat(caught(promise, careless, Safeguard.ALL, SELDOM))
                .as("with %s", second)
                .isFalse();
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

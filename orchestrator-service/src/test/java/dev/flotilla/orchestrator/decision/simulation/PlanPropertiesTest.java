package dev.flotilla.orchestrator.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flotilla.api.orchestrator.WaveKind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Amount;
import dev.flotilla.orchestrator.decision.Askings;
import dev.flotilla.orchestrator.decision.Foresight;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.Plan;
import dev.flotilla.orchestrator.decision.Planner;
import dev.flotilla.orchestrator.decision.RolloutView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Where nothing fails a rollout does just what its plan says, over seeded random rollouts at any moment of their lives. */
class PlanPropertiesTest {
    private static final int WORLDS = Integer.getInteger("flotilla.worlds", 600);
    private static final long FIRST = Long.getLong("flotilla.seed", 1);

    @Test
    void rolloutsFollowTheirPlans() {
        for (long seed = FIRST; seed < FIRST + WORLDS; seed++) {
            try {
                follow(seed, view -> view);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " (run it again with -Dflotilla.seed=" + seed + " -Dflotilla.worlds=1): "
                                + e.getMessage(),
                        e);
            }
        }
    }

    @Test
    void aPlanWithoutCanariesIsCaught() {
        assertThat(caught(view -> limits(
                        view,
                        new Limits(
                                view.limits().maxUnavailable(),
                                view.limits().failureThreshold(),
                                view.limits().maxAttempts(),
                                Amount.parse("0"),
                                view.limits().minHealthyTime()))))
                .isPositive();
    }

    @Test
    void aPlanThatForgetsAPolicyIsCaught() {
        assertThat(caught(view -> view.withPermits(view.machines().stream()
                        .collect(Collectors.toMap(machine -> machine.name(), machine -> Permit.ALLOWED)))))
                .isPositive();
    }

    private static long caught(UnaryOperator<RolloutView> doctored) {
        return LongStream.range(1, 60)
                .filter(seed -> {
                    try {
                        follow(seed, doctored);
                        return false;
                    } catch (AssertionError e) {
                        return true;
                    }
                })
                .count();
    }

    private static void follow(long seed, UnaryOperator<RolloutView> doctored) {
        RandomRollout world = new RandomRollout(seed);
        RolloutView view = world.view();
        Foresight foresight = new Foresight(world.change, world.places, Askings.NONE, world.outlook);
        Plan plan = Planner.plan(doctored.apply(view), foresight, RandomRollout.NOW);
        QuietRun run = new QuietRun(view, foresight, RandomRollout.NOW);
        run.run(horizon(plan));

        boolean known = plan.waves().isEmpty() || plan.endsAt() != null;
        if (!known) {
            assertThat(toOrder(view, plan))
                    .as("what may be changed by %s, planned %s", run, plan)
                    .containsAll(run.ordered.keySet());
            return;
        }
        assertThat(run.ordered.keySet())
                .as(
                        "what is changed by %s, planned %s",
                        run,
                        String.join(
                                        "\n",
                                        plan.waves().stream()
                                                .map(Object::toString)
                                                .toList()) + "\n" + plan.passedBy())
                .isEqualTo(toOrder(view, plan));
        assertThat(plan.done()
                        + plan.proving()
                        + plan.planned()
                        + plan.passedBy().size())
                .as("all machines")
                .isEqualTo(view.machines().size());
        Map<String, Integer> waves = wavesOf(view, plan);
        waves.keySet().removeAll(world.unsteady);
        assertThat(run.ordered.keySet().stream().filter(waves::containsKey).map(waves::get))
                .as("waves in order by %s, planned %s, done %s", run, plan, run.ordered)
                .isSorted();
        if (world.prompt && world.fresh) {
            plan.waves()
                    .forEach(wave -> assertThat(wave.machines().stream()
                                    .mapToInt(machine -> run.together.getOrDefault(machine, 0))
                                    .max())
                            .as("at once of %s", wave)
                            .hasValue(Math.min(wave.atOnce(), wave.machines().size())));
        }
        if (world.prompt && world.fresh && !plan.waves().isEmpty()) {
            long looks = plan.waves().stream().mapToLong(Plan.Wave::batches).sum() + 2 + world.late();
            Instant last = run.lastProven;
            assertThat(last).as("the end").isNotNull();
            assertThat(Duration.between(RandomRollout.NOW, Objects.requireNonNull(last))
                            .toSeconds())
                    .as("expected time by %s, planned %s", run, plan)
                    .isCloseTo(
                            Duration.between(RandomRollout.NOW, Objects.requireNonNull(plan.endsAt()))
                                    .toSeconds(),
                            within(looks));
        }
    }

    /** Some time longer than the plan. */
    private static Duration horizon(Plan plan) {
        Instant ends = plan.endsAt();
        return Duration.between(RandomRollout.NOW, ends == null ? RandomRollout.NOW : ends)
                .plusSeconds(plan.waves().stream().mapToLong(Plan.Wave::batches).sum() + 120);
    }

    /** The machines of the plan that are still to be ordered. */
    private static Set<String> toOrder(RolloutView view, Plan plan) {
        Set<String> names = new HashSet<>();
        plan.waves().forEach(wave -> names.addAll(wave.machines()));
        view.machines().forEach(machine -> {
            OrderRecord order = machine.order();
            boolean begun = order != null
                    && (order.state() == OrderState.ACCEPTED
                            || order.state() == OrderState.DONE && order.repair() != null);
            if (begun) {
                names.remove(machine.name());
            }
        });
        return names;
    }

    /** The number of its wave, of each machine that is neither mended out of turn, nor waits for a policy, nor has begun already. */
    private static Map<String, Integer> wavesOf(RolloutView view, Plan plan) {
        Map<String, Integer> waves = new HashMap<>();
        for (Plan.Wave wave : plan.waves()) {
            if (wave.kind() != WaveKind.MENDING) {
                wave.machines().stream()
                        .filter(machine -> !wave.underWay().contains(machine))
                        .forEach(machine -> waves.put(machine, plan.waves().indexOf(wave)));
            }
        }
        view.permits().forEach((machine, permit) -> {
            if (permit.effect() == Effect.DEFER) {
                waves.remove(machine);
            }
        });
        return waves;
    }

    private static RolloutView limits(RolloutView view, Limits limits) {
        return new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                view.course(),
                limits,
                view.pace(),
                view.machines(),
                view.elsewhere(),
                view.answers(),
                view.obstacles(),
                view.registrySince());
    }
}

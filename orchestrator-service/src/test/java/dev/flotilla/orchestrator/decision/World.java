package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.target.RolloutOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Small literal worlds: the rollout d7 of hello 2.0 in prod~web, over machines that are described one by one. */
final class World {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Goal GOAL = new Goal("d7", 7, "hello", "2.0", "b".repeat(64), 1000);
    static final Pace PACE = new Pace(
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    static final String ROLLOUT = "d7~prod~web";

    private final List<MachineView> machines = new ArrayList<>();
    private final Map<String, Permit> permits = new HashMap<>();
    private final Map<String, ClaimAnswer> claims = new HashMap<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private DeploymentState state = DeploymentState.ROLLING_OUT;
    private Goal goal = GOAL;
    private @Nullable String replaced;
    private Limits limits = Limits.of(RolloutOptions.DEFAULTS);
    private Elsewhere elsewhere = Elsewhere.NOTHING;
    private Instant progressedAt = NOW.minusSeconds(60);
    private @Nullable Instant promotedAt;
    private boolean usedUp;
    private @Nullable Instant registrySince = NOW.minusSeconds(3600);

    static World of(MachineView... machines) {
        World world = new World();
        for (MachineView machine : machines) {
            world.machines.add(machine);
            world.permits.put(machine.name(), Permit.ALLOWED);
            world.claims.put(machine.name(), ClaimAnswer.granted("r-" + machine.name()));
        }
        return world;
    }

    World state(DeploymentState state) {
        this.state = state;
        return this;
    }

    World size(long bytes) {
        this.goal = new Goal(GOAL.deployment(), GOAL.revision(), GOAL.service(), GOAL.version(), GOAL.sha256(), bytes);
        return this;
    }

    World replacedBy(String deployment) {
        this.replaced = deployment;
        return this;
    }

    World limits(String maxUnavailable, String failureThreshold, int maxAttempts) {
        this.limits = Limits.of(new RolloutOptions(maxUnavailable, failureThreshold, maxAttempts));
        return this;
    }

    World elsewhere(int machines, int failed) {
        this.elsewhere = new Elsewhere(machines, failed);
        return this;
    }

    World policy(String machine, Effect effect, String policy, @Nullable Instant until) {
        permits.put(machine, new Permit(effect, policy + " says so", policy, until));
        return this;
    }

    /** An override lifts what policies say of it. */
    World overridden(String machine) {
        permits.put(machine, new Permit(Effect.ALLOW, "an emergency", "emergency", Kind.OVERRIDE, null));
        return this;
    }

    World notAsked(String machine) {
        permits.remove(machine);
        return this;
    }

    World obstacle(Rule rule, String reason) {
        obstacles.add(new Obstacle(rule, reason));
        return this;
    }

    /** device-manager has not been asked about it. */
    World notClaimed(String machine) {
        claims.remove(machine);
        return this;
    }

    World refused(String machine, String rule, boolean broken) {
        claims.put(machine, new ClaimAnswer(null, rule, "refused by " + rule, null, broken));
        return this;
    }

    /** Its tenant has not agreed yet. */
    World tenantWaits(String machine, String tenant) {
        claims.put(
                machine,
                new ClaimAnswer(
                        null, "maintenance-request", "it is asked", null, false, null, tenant, "IMPACT_START", null));
        return this;
    }

    /** Broken machines use up the limit of the group. */
    World usedUp() {
        this.usedUp = true;
        return this;
    }

    World canaries(String amount) {
        limits = new Limits(
                limits.maxUnavailable(),
                limits.failureThreshold(),
                limits.maxAttempts(),
                Amount.parse(amount),
                limits.minHealthyTime());
        return this;
    }

    World progressedAt(Instant at) {
        this.progressedAt = at;
        return this;
    }

    World promotedAt(Instant at) {
        this.promotedAt = at;
        return this;
    }

    World registrySince(@Nullable Instant since) {
        this.registrySince = since;
        return this;
    }

    RolloutView view() {
        return new RolloutView(
                ROLLOUT,
                "prod~web",
                goal,
                new Course(
                        state,
                        state == DeploymentState.HALTED ? "too many failed" : null,
                        replaced,
                        progressedAt,
                        promotedAt),
                limits,
                PACE,
                machines,
                elsewhere,
                new Answers(permits, claims).withLimit(usedUp),
                obstacles,
                registrySince);
    }

    Decision decide() {
        return RolloutDecider.decide(view(), NOW);
    }

    // Machines

    static MachineView machine(String name, String faultDomain, @Nullable RunningService running) {
        return new MachineView(name, faultDomain, null, null, new Sight(NOW.minusSeconds(2), false, running), null);
    }

    static MachineView empty(String name) {
        return machine(name, "fd1", null);
    }

    static MachineView old(String name) {
        return machine(name, "fd1", running(name, "1.0", RunState.RUNNING, null));
    }

    static MachineView done(String name) {
        return machine(name, "fd1", running(name, "2.0", RunState.RUNNING, null));
    }

    static MachineView with(MachineView machine, OrderRecord order) {
        return new MachineView(
                machine.name(), machine.faultDomain(), machine.supersededBy(), machine.gone(), machine.sight(), order);
    }

    static MachineView lost(MachineView machine) {
        Sight sight = machine.sight();
        return new MachineView(
                machine.name(),
                machine.faultDomain(),
                null,
                null,
                new Sight(NOW.minusSeconds(60), true, sight == null ? null : sight.running()),
                machine.order());
    }

    static MachineView superseded(String name, String by) {
        return new MachineView(name, "fd1", by, null, null, null);
    }

    static RunningService running(String machine, String version, RunState state, @Nullable OrderProgress order) {
        return running(machine, version, state, order, 0);
    }

    static RunningService running(
            String machine, @Nullable String version, RunState state, @Nullable OrderProgress order, int restarts) {
        return new RunningService(
                machine,
                "hello",
                version,
                state,
                GOAL.version().equals(version) ? GOAL.sha256() : "a".repeat(64),
                restarts,
                null,
                order,
                NOW);
    }

    static OrderProgress progress(String machine, int attempt, OrderPhase phase) {
        return new OrderProgress(
                OrderIds.of(ROLLOUT, machine, attempt),
                "2.0",
                phase,
                phase == OrderPhase.FAILED ? "exit code 3" : null);
    }

    /** An order given ten seconds ago. */
    static OrderRecord order(String machine, int attempt, OrderState state, int failures) {
        return order(machine, attempt, state, failures, NOW.minusSeconds(10), NOW.minusSeconds(1));
    }

    /** The same order, and device-manager has granted the machine to this rollout. */
    static OrderRecord held(OrderRecord order) {
        return with(order, order.mending(), order.outOfTurn(), "r-" + order.machine());
    }

    /** The same order, given before the turn of its machine's fault domain had come. */
    static OrderRecord outOfTurn(OrderRecord order) {
        return with(order, order.mending(), true, order.repair());
    }

    /** The same order, given to bring its machine back to what it ran. */
    static OrderRecord mending(OrderRecord order) {
        return with(order, true, order.outOfTurn(), order.repair());
    }

    private static OrderRecord with(OrderRecord order, boolean mending, boolean outOfTurn, @Nullable String repair) {
        return new OrderRecord(
                order.machine(),
                order.attempt(),
                order.orderId(),
                order.state(),
                order.failures(),
                order.sends(),
                order.orderedAt(),
                order.deadline(),
                order.nextAt(),
                mending,
                outOfTurn,
                repair,
                order.problem());
    }

    static OrderRecord order(
            String machine, int attempt, OrderState state, int failures, Instant orderedAt, Instant nextAt) {
        return new OrderRecord(
                machine,
                attempt,
                OrderIds.of(ROLLOUT, machine, attempt),
                state,
                failures,
                1,
                orderedAt,
                orderedAt.plus(PACE.orderTimeout()),
                nextAt,
                false,
                false,
                null,
                state == OrderState.FAILED || state == OrderState.REFUSED ? "exit code 3" : null);
    }

    /** The machines that are given orders. */
    static List<String> ordered(Decision decision) {
        return decision.orders().stream().map(Action.Send::machine).toList();
    }

    static MachineStanding standing(Decision decision, String machine) {
        return Objects.requireNonNull(decision.standings().get(machine));
    }
}

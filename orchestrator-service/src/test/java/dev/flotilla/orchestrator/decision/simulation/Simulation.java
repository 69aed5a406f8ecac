package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Answers;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Goal;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.Pace;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.decision.simulation.SimMachine.SimOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One seeded world: a fleet in one or two groups, deployments that follow each other, several orchestrators that crash, are paused and lose
 * messages, agents that fail and are lost, policies that change. A second passes with each step.
 */
final class Simulation {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Pace PACE = new Pace(
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(90),
            Duration.ofSeconds(120),
            Duration.ofSeconds(10));
    private static final Duration VALIDITY = Duration.ofSeconds(30);

    /** A decision that an orchestrator has made and not yet acted on. */
    private record Pending(
            SimRollout rollout, long epoch, RolloutView view, Decision decision, Instant decidedAt, Instant actsAt) {}

    /** Orders that are written down and not yet sent. */
    private record Sending(
            SimRollout rollout, long epoch, List<Action.Send> orders, Instant decidedAt, Instant sendsAt) {}

    private record Message(SimMachine to, SimRollout from, SimOrder order, Instant arrives, boolean answerLost) {}

    private final Random random;
    private final Brain brain;
    private final Set<Safeguard> safeguards;
    private final Map<String, SimMachine> machines = new LinkedHashMap<>();
    private final List<SimRollout> rollouts = new ArrayList<>();
    private final SimRepairs repairs = new SimRepairs(machines);
    private final SimChecks checks = new SimChecks(machines.values(), rollouts, repairs);
    private final Map<String, Effect> policies = new HashMap<>();
    private final Map<String, Instant> refusedSince = new HashMap<>();
    private final Set<String> badVersions = new HashSet<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<Sending> sendings = new ArrayList<>();
    private final List<Message> network = new ArrayList<>();
    private Instant now = START;
    private long epochs;
    private long revisions;
    private boolean faults = true;

    Simulation(long seed, Brain brain, Set<Safeguard> safeguards) {
        this.random = new Random(seed);
        this.brain = brain;
        this.safeguards = safeguards;
        for (int g = 0; g <= random.nextInt(2); g++) {
            String group = "g" + g;
            int fds = 1 + random.nextInt(3);
            IntStream.rangeClosed(1, 2 + random.nextInt(9)).forEach(i -> {
                SimMachine machine = new SimMachine(group + "m" + i, group, "fd" + i % fds);
                machines.put(machine.name, machine);
            });
            repairs.limit(group, 1 + random.nextInt(6));
        }
        machines.values().forEach(machine -> machine.report(now));
        declare();
    }

    /** Lives through faults, then through quiet until all is where it should be; a {@link Breach} if not. */
    void run() {
        for (int step = 0; step < 150; step++) {
            if (random.nextInt(60) == 0 && revisions < 4) {
                declare();
            }
            step();
        }
        faults = false;
        machines.values().forEach(machine -> machine.up = true);
        for (int step = 0; step < 600 && !quiet(); step++) {
            step();
        }
        checkConverged();
    }

    private void declare() {
        long revision = ++revisions;
        String version = "v" + revision;
        if (random.nextInt(4) == 0) {
            badVersions.add(version);
        }
        Limits limits = Limits.of(new RolloutOptions(
                List.of("1", "2", "20%", "50%", "100%").get(random.nextInt(5)),
                List.of("0", "1", "5%", "30%", "100%").get(random.nextInt(5)),
                1 + random.nextInt(3),
                List.of("0", "0", "1", "2", "20%").get(random.nextInt(5)),
                Duration.ofSeconds(random.nextInt(8)),
                null,
                null,
                null));
        boolean whole = random.nextInt(3) > 0;
        Map<String, List<String>> byGroup = new LinkedHashMap<>();
        machines.values().stream()
                .filter(machine -> whole || random.nextBoolean())
                .forEach(machine -> byGroup.computeIfAbsent(machine.group, g -> new ArrayList<>())
                        .add(machine.name));
        byGroup.forEach((group, names) -> {
            rollouts.stream().filter(older -> older.group.equals(group)).forEach(older -> older.epoch = ++epochs);
            SimRollout rollout = new SimRollout("d" + revision, revision, version, group, names, limits, now);
            rollout.epoch = ++epochs;
            rollouts.add(rollout);
        });
    }

    private boolean chance(int oneIn) {
        return faults && random.nextInt(oneIn) == 0;
    }

    private void step() {
        now = now.plusSeconds(1);
        disturb();
        deliver();
        boolean lapsing = safeguards.contains(Safeguard.LAPSING_ORDERS);
        machines.values().stream().filter(machine -> machine.step(now, lapsing)).forEach(this::checkSwitch);
        checks.always();
        report();
        pending.removeIf(decided -> {
            boolean due = !decided.actsAt().isAfter(now);
            if (due) {
                act(decided);
            }
            return due;
        });
        sendings.removeIf(sending -> {
            boolean due = !sending.sendsAt().isAfter(now);
            if (due) {
                send(sending);
            }
            return due;
        });
        for (SimRollout rollout : List.copyOf(rollouts)) {
            if (!rollout.over && !chance(3)) {
                tick(rollout);
            }
        }
    }

    private void disturb() {
        for (SimMachine machine : machines.values()) {
            if (machine.up && chance(80)) {
                machine.up = false;
                machine.downFor = 1 + random.nextInt(15);
            } else if (!machine.up && machine.downFor-- <= 0) {
                machine.up = true;
            }
            if (chance(150)) {
                machine.drift(random.nextBoolean() ? null : "v0");
            }
            if (!machine.repaved && repairs.holder(machine.name, now) == null && chance(400)) {
                machine.repave(1 + random.nextInt(20));
            }
            if (chance(50)) {
                policy(machine.name, Effect.values()[random.nextInt(3)]);
            }
            if (!faults && policies.get(machine.name) == Effect.DEFER) {
                policy(machine.name, Effect.ALLOW);
            }
        }
    }

    private void policy(String machine, Effect effect) {
        policies.put(machine, effect);
        if (effect == Effect.ALLOW) {
            refusedSince.remove(machine);
        } else {
            refusedSince.putIfAbsent(machine, now);
        }
    }

    private void deliver() {
        for (Message message : List.copyOf(network)) {
            if (message.arrives().isAfter(now)) {
                continue;
            }
            network.remove(message);
            SimMachine machine = message.to();
            if (!machine.up) {
                continue;
            }
            long newest = machine.current == null ? 0 : machine.current.revision();
            String before = machine.current == null ? "" : machine.current.id();
            boolean bad = badVersions.contains(message.order().version()) || chance(12);
            int slow = chance(6) ? (int) VALIDITY.toSeconds() + random.nextInt(20) : 0;
            boolean taken = machine.take(message.order(), now, slow + 1 + random.nextInt(4), bad);
            if (machine.current != null && !machine.current.id().equals(before)) {
                checks.begins(machine, message.from(), message.order(), newest, now);
            }
            if (taken && !message.answerLost()) {
                message.from().answered(machine.name, message.order().id());
            }
        }
    }

    private void report() {
        for (SimMachine machine : machines.values()) {
            if (machine.up && !chance(4)) {
                machine.report(now);
            } else if (!machine.up
                    && machine.sight != null
                    && machine.sight.lastSeen().plusSeconds(4).isBefore(now)) {
                machine.lose();
            }
        }
    }

    private void tick(SimRollout rollout) {
        RolloutView view = view(rollout);
        Decision decision = decide(rollout, view.withPermits(permits(view)));
        boolean paused = chance(10);
        Pending decided = new Pending(
                rollout, rollout.epoch, view, decision, now, paused ? now.plusSeconds(1 + random.nextInt(20)) : now);
        if (paused) {
            pending.add(decided);
        } else {
            act(decided);
        }
    }

    private void act(Pending decided) {
        SimRollout rollout = decided.rollout();
        if (safeguards.contains(Safeguard.FENCED_WRITING) && rollout.epoch != decided.epoch()) {
            return;
        }
        checkOrders(decided);
        rollout.write(decided.decision(), now);
        long epoch = rollout.epoch = ++epochs;
        for (Action action : decided.decision().actions()) {
            if (action instanceof Action.Halt halt) {
                halt(rollout, halt.reason());
            }
        }
        if (decided.decision().orders().stream().anyMatch(send -> !send.again())) {
            checks.written(
                    rollout,
                    rollout.machines.stream()
                            .filter(machine -> newer(rollout, machine) != null || fetched(rollout, machine))
                            .toList(),
                    now);
        }
        if (chance(20)) {
            return; // the process dies after it has written and before it has sent
        }
        for (Action.Close close : decided.decision().closed()) {
            if (!chance(10)) {
                repairs.close(rollout.id, close.machine(), close.repair());
                if (!chance(10)) {
                    rollout.closed(close.machine(), close.repair());
                }
            }
        }
        int pause = chance(10) ? 1 + random.nextInt(20) : 0;
        Sending sending =
                new Sending(rollout, epoch, decided.decision().orders(), decided.decidedAt(), now.plusSeconds(pause));
        if (pause > 0) {
            sendings.add(sending);
        } else {
            send(sending);
        }
    }

    private void send(Sending sending) {
        SimRollout rollout = sending.rollout();
        Instant notAfter = sending.decidedAt().plus(VALIDITY);
        boolean stands =
                rollout.epoch == sending.epoch() && rollout.state != DeploymentState.HALTED && now.isBefore(notAfter);
        if (safeguards.contains(Safeguard.READ_AGAIN_BEFORE_SENDING) && !stands) {
            return;
        }
        for (Action.Send send : sending.orders()) {
            if (chance(8)) {
                continue;
            }
            SimOrder order = new SimOrder(
                    send.orderId(),
                    rollout.id,
                    rollout.deployment,
                    rollout.revision,
                    sending.epoch(),
                    rollout.version,
                    send.order().attempt(),
                    send.order().mending(),
                    now,
                    notAfter);
            SimMachine to = Objects.requireNonNull(machines.get(send.machine()));
            Instant arrives = chance(4) ? now.plusSeconds(random.nextInt(6)) : now;
            network.add(new Message(to, rollout, order, arrives, chance(6)));
        }
    }

    private void halt(SimRollout rollout, String reason) {
        for (SimRollout sibling : rollouts) {
            if (sibling.deployment.equals(rollout.deployment)
                    && !sibling.over
                    && sibling.state != DeploymentState.SUPERSEDED) {
                sibling.state = DeploymentState.HALTED;
                sibling.reason = reason;
                sibling.haltedAt = now;
                if (!sibling.equals(rollout)) {
                    sibling.epoch = ++epochs;
                }
            }
        }
    }

    private void checkOrders(Pending decided) {
        for (Action.Send send : decided.decision().orders()) {
            Effect effect = decided.decidedAt().equals(now)
                    ? policies.getOrDefault(send.machine(), Effect.ALLOW)
                    : Effect.ALLOW;
            if (effect != Effect.ALLOW) {
                throw new Breach(Breach.Promise.POLICY, send.machine() + " is ordered, and its policy is " + effect);
            }
            SimRollout rollout = decided.rollout();
            if (rollout.haltedAt != null) {
                throw new Breach(Breach.Promise.HALT, rollout.id + " orders " + send.machine() + " after its halt");
            }
            if (newer(rollout, send.machine()) != null) {
                throw new Breach(
                        Breach.Promise.NEWEST_WINS,
                        rollout.id + " orders " + send.machine() + ", which a newer deployment has");
            }
        }
    }

    /** Whatever speaks against a switch stops it within the validity of an order, however long its bytes took. */
    private void checkSwitch(SimMachine machine) {
        checks.switches(machine, now);
        SimOrder order = Objects.requireNonNull(machine.current);
        SimRollout rollout = rollouts.stream()
                .filter(given -> given.id.equals(order.rollout()))
                .findFirst()
                .orElseThrow();
        if (tooLate(rollout.haltedAt)) {
            throw new Breach(
                    Breach.Promise.HALT, machine.name + " switches for " + order + ", halted at " + rollout.haltedAt);
        }
        if (tooLate(refusedSince.get(machine.name))) {
            throw new Breach(
                    Breach.Promise.POLICY,
                    machine.name + " switches for " + order + ", refused since " + refusedSince.get(machine.name));
        }
        rollouts.stream()
                .filter(newer -> newer.revision > rollout.revision && newer.machines.contains(machine.name))
                .filter(newer -> tooLate(newer.declaredAt))
                .findFirst()
                .ifPresent(newer -> {
                    throw new Breach(
                            Breach.Promise.NEWEST_WINS,
                            machine.name + " switches for " + order + ", " + newer.deployment + " has it since "
                                    + newer.declaredAt);
                });
    }

    private boolean tooLate(@Nullable Instant stoppedAt) {
        return stoppedAt != null && now.isAfter(stoppedAt.plus(VALIDITY));
    }

    private RolloutView view(SimRollout rollout) {
        List<MachineView> views = rollout.machines.stream()
                .map(name -> {
                    SimMachine machine = Objects.requireNonNull(machines.get(name));
                    return new MachineView(
                            name,
                            machine.faultDomain,
                            newer(rollout, name),
                            null,
                            machine.sight,
                            rollout.orders.get(name));
                })
                .toList();
        boolean replaced = views.stream().allMatch(machine -> machine.supersededBy() != null);
        List<SimRollout> siblings = rollouts.stream()
                .filter(other -> other.deployment.equals(rollout.deployment) && !other.equals(rollout))
                .toList();
        return new RolloutView(
                rollout.id,
                "prod~" + rollout.group,
                new Goal(rollout.deployment, rollout.revision, "hello", rollout.version, "x"),
                new Course(
                        rollout.state,
                        rollout.reason,
                        replaced ? views.getFirst().supersededBy() : null,
                        rollout.progressedAt,
                        rollout.promotedAt),
                rollout.limits,
                PACE,
                views,
                new Elsewhere(
                        siblings.stream()
                                .mapToInt(other -> other.machines.size())
                                .sum(),
                        siblings.stream().mapToInt(other -> other.failed).sum()),
                Answers.NONE,
                List.of(),
                START);
    }

    private boolean fetched(SimRollout rollout, String machine) {
        OrderRecord order = rollout.orders.get(machine);
        return order != null && Objects.requireNonNull(machines.get(machine)).hasFetchedFor(order.orderId());
    }

    private @Nullable String newer(SimRollout rollout, String machine) {
        return rollouts.stream()
                .filter(other -> other.revision > rollout.revision && other.machines.contains(machine))
                .map(other -> other.deployment)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    /** As an orchestrator does: device-manager is asked until nothing is left to ask, or does not answer. */
    private Decision decide(SimRollout rollout, RolloutView seen) {
        RolloutView view = seen;
        Decision decision = brain.decide(view, now);
        for (int asked = 0; !decision.wishes().isEmpty(); asked++) {
            if (asked > machines.size()) {
                throw new Breach(Breach.Promise.CONVERGENCE, rollout.id + " asks for ever");
            }
            view = chance(30)
                    ? view.withObstacle(new Obstacle(Rule.REPAIRS, "device-manager is away"))
                    : view.withClaims(repairs.claim(rollout.id, decision.wishes(), now));
            decision = brain.decide(view, now);
            if (!view.obstacles().isEmpty()) {
                return decision;
            }
        }
        return decision;
    }

    private Map<String, Permit> permits(RolloutView view) {
        Map<String, Permit> permits = new HashMap<>();
        RolloutDecider.candidates(view, now).forEach(machine -> {
            Effect effect = policies.getOrDefault(machine, Effect.ALLOW);
            permits.put(machine, new Permit(effect, "it is " + effect, "rule", null));
        });
        return permits;
    }

    private boolean quiet() {
        return pending.isEmpty() && sendings.isEmpty() && network.isEmpty() && unfinished() == null;
    }

    private @Nullable String unfinished() {
        for (SimRollout rollout : rollouts) {
            if (rollout.over || rollout.haltedAt != null) {
                continue;
            }
            RolloutView view = view(rollout);
            Decision decision = decide(rollout, view.withPermits(permits(view)));
            boolean tryingForEver = rollout.state == DeploymentState.COMPLETE && badVersions.contains(rollout.version);
            if (!tryingForEver
                    && decision.counts().waiting()
                                    + decision.counts().fetching()
                                    + decision.counts().switching()
                            > 0) {
                return rollout.id + " " + decision.standings();
            }
            for (String name : rollout.machines) {
                boolean there = rollout.version.equals(
                        Objects.requireNonNull(machines.get(name)).version());
                boolean failed = rollout.orders.containsKey(name)
                        && Objects.requireNonNull(rollout.orders.get(name)).failures() > 0;
                if (newer(rollout, name) == null && !there && !failed && policies.get(name) != Effect.DENY) {
                    return rollout.id + " has not reached " + name;
                }
            }
        }
        return null;
    }

    private void checkConverged() {
        String unfinished = unfinished();
        if (unfinished != null) {
            throw new Breach(Breach.Promise.CONVERGENCE, "still unfinished: " + unfinished);
        }
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that there is in one seeded world. */
final class SimWorld {
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    static final Duration VALIDITY = Duration.ofSeconds(30);
    /** How often rollouts of which nothing is heard are looked at, and for how long what was found is trusted. */
    static final Duration STEADY = Duration.ofSeconds(10);

    static final Duration TRUST = Duration.ofSeconds(60);
    static final Pace PACE = new Pace(
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(10),
            VALIDITY.plusSeconds(10));
    /** As OM computes it: how long an order may be taken, and the time that a switch may take. */
    static final Duration LEASE = PACE.inTransit().plus(PACE.orderTimeout());

    private static final boolean STORY = Boolean.getBoolean("flotilla.story");

    final Random random;
    final Brain brain;
    final Set<Safeguard> safeguards;
    final Coverage coverage = new Coverage();
    final Map<String, SimMachine> machines = new LinkedHashMap<>();
    final List<SimRollout> rollouts = new ArrayList<>();
    final List<SimProcess> processes = new ArrayList<>();
    final Set<String> badVersions = new HashSet<>();
    final SimRepairs repairs;
    final SimPolicies policies = new SimPolicies();
    final SimTenants tenants;
    final SimNetwork network;
    final SimChecks checks;
    final SimLimits limits = new SimLimits(this);
    final SimExplanations explanations = new SimExplanations(this);
    Instant now = START;
    /** How wrong clocks may be in this world. */
    Duration slack = Duration.ZERO;
    /** True where they may be more wrong than orders allow for. */
    boolean clocksAstray;

    boolean faults = true;
    /** The promise that alone matters; null where all do. */
    Breach.@Nullable Promise only;

    private long epochs;

    SimWorld(long seed, Brain brain, Set<Safeguard> safeguards) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.brain = brain;
        this.safeguards = safeguards;
        this.repairs = new SimRepairs(machines, safeguards);
        this.tenants = new SimTenants(random, coverage);
        this.checks = new SimChecks(this);
        this.network = new SimNetwork(this);
    }

    /** With {@code -Dflotilla.story=true} a world tells what happens in it. */
    void tell(String what, Object... arguments) {
        if (STORY) {
            System.out.println(now.toString().substring(11) + ' ' + what.formatted(arguments));
        }
    }

    /** A promise is broken, and the world ends; unless it is lived through to see another one broken. */
    void broken(Breach.Promise promise, String what) {
        if (only == null || only == promise) {
            throw new Breach(promise, what);
        }
    }

    /** True where the order is over by the clock of whoever sent it, and perhaps not by the machine's: clocks are more wrong than orders allow for. */
    boolean outlived(SimOrder order) {
        return clocksAstray
                && (now.isAfter(order.sentAt().plus(VALIDITY))
                        || now.plus(slack).isAfter(order.deadline()));
    }

    boolean chance(int oneIn) {
        return faults && random.nextInt(oneIn) == 0;
    }

    long nextEpoch() {
        return ++epochs;
    }

    SimMachine machine(String name) {
        return Objects.requireNonNull(machines.get(name));
    }

    /** The machines of a rollout as device-manager has them; null for one that it knows no more. */
    Map<String, @Nullable SimMachine> machinesOf(SimRollout rollout) {
        Map<String, @Nullable SimMachine> of = new LinkedHashMap<>();
        for (SimMachine machine : machines.values()) {
            if (rollout.covers(machine)) {
                if (!machine.retired) {
                    of.put(machine.name, machine);
                } else if (rollout.named != null) {
                    of.put(machine.name, null);
                }
            }
        }
        return of;
    }

    /** The newest deployment that has the machine in the place of this rollout's; null where none has. */
    @Nullable
    SimRollout newer(SimRollout rollout, SimMachine machine) {
        for (int i = rollouts.size() - 1; i >= 0; i--) {
            SimRollout other = rollouts.get(i);
            if (other.revision <= rollout.revision) {
                return null;
            }
            if (other.group.equals(rollout.group) && other.service.equals(rollout.service) && other.covers(machine)) {
                return other;
            }
        }
        return null;
    }

    /** A machine's service changed, or the machine. */
    void changed(SimMachine machine, @Nullable String service) {
        for (SimRollout rollout : rollouts) {
            if (!rollout.over && (service == null || rollout.service.equals(service)) && rollout.covers(machine)) {
                rollout.wake(now);
            }
        }
    }

    /** Halts all rollouts of a deployment, as the ledger does. */
    void halt(SimRollout rollout, String reason) {
        for (SimRollout sibling : rollouts) {
            boolean stopped = sibling == rollout || safeguards.contains(Safeguard.HALT_STOPS_ALL);
            if (sibling.deployment.equals(rollout.deployment)) {
                if (stopped && People.mayPause(sibling)) {
                    People.pause(this, sibling, reason, sibling != rollout);
                }
                if (sibling.haltedAt == null) {
                    sibling.haltedAt = now;
                }
            }
        }
    }
}

package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Sight;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service on a machine and its agent, and what the registry believes of them. */
final class SimService {
    /** How carrying out an order goes. */
    record Fate(int fetching, int starting, boolean fails) {}

    final SimMachine machine;
    final String name;
    final Set<String> everRan = new HashSet<>();
    private final Set<String> attempts = new HashSet<>();
    private final Map<String, OrderPhase> known = new HashMap<>();
    private final Set<String> onDisk = new HashSet<>();
    private @Nullable String version;
    private @Nullable String versionBefore;
    private @Nullable SimOrder order;
    private OrderPhase phase = OrderPhase.DONE;
    private Fate fate = new Fate(0, 0, false);
    private int left;
    private int crashedFor;
    private int restarts;
    private int life;
    private Instant healthySince = Instant.EPOCH;
    private boolean proven;
    /** Lost in the middle of its change until nobody waited any more: it counts as broken until it is changed again. */
    private boolean abandoned;

    /** It began to switch when its order was over, by the clock of whoever sent that. */
    boolean outlived;

    private @Nullable Sight sight;

    SimService(SimMachine machine, String name) {
        this.machine = machine;
        this.name = name;
    }

    /** What the agent answers. */
    enum Answer {
        TAKEN,
        KNOWN,
        LAPSED,
        OUTDATED
    }

    Answer take(SimOrder given, Instant now, Fate fate, Set<Safeguard> safeguards) {
        if (known.containsKey(given.id())) {
            return Answer.KNOWN;
        }
        SimOrder last = order;
        boolean moved = last != null && given.elsewhere(last);
        boolean backwards = last != null && !moved && given.revision() < last.revision();
        boolean late = last != null && (moved || given.revision() == last.revision()) && given.epoch() < last.epoch();
        if (backwards && safeguards.contains(Safeguard.AGENTS_NEVER_GO_BACK)
                || late && safeguards.contains(Safeguard.AGENTS_KNOW_EPOCHS)) {
            return Answer.OUTDATED;
        }
        if (safeguards.contains(Safeguard.LAPSING_ORDERS) && !machine.clock(now).isBefore(given.notAfter())) {
            return Answer.LAPSED;
        }
        if (!attempts.add(given.rollout().id + "#" + given.attempt())) {
            throw new Breach(
                    Breach.Promise.ONCE,
                    machine.name + " carries out attempt " + given.attempt() + " of " + given.rollout().id + " twice");
        }
        if (!changing()) {
            versionBefore = version;
        }
        order = given;
        proven = false;
        abandoned = false;
        phase = OrderPhase.FETCHING;
        this.fate = fate;
        left = onDisk.contains(given.version()) ? 0 : fate.fetching();
        known.put(given.id(), phase);
        return Answer.TAKEN;
    }

    boolean changing() {
        return order != null && (phase == OrderPhase.FETCHING || phase == OrderPhase.SWITCHING);
    }

    /** True while it is, or may come, down for the change: once its order has lapsed it fetches the bytes and no more. */
    boolean mayBeDown(Instant now) {
        return order != null
                && !abandoned
                && (phase == OrderPhase.SWITCHING
                        || phase == OrderPhase.FETCHING && machine.clock(now).isBefore(order.notAfter()));
    }

    /** True while it is down for the change. */
    boolean switching() {
        return order != null && phase == OrderPhase.SWITCHING;
    }

    SimOrder order() {
        return Objects.requireNonNull(order);
    }

    @Nullable
    SimOrder lastOrder() {
        return order;
    }

    @Nullable
    String version() {
        return version;
    }

    boolean healthy() {
        return version != null && crashedFor == 0 && !changing() && machine.up && !machine.repaved;
    }

    /** True if the rollout changed it, and that is not over or too short ago. */
    boolean unproven(SimRollout rollout, Instant at) {
        SimOrder last = order;
        return machine.up
                && last != null
                && !last.mending()
                && last.rollout() == rollout
                && !abandoned
                && (mayBeDown(at)
                        || phase == OrderPhase.DONE
                                && !proven
                                && last.version().equals(version)
                                && at.isBefore(healthySince.plus(rollout.limits.minHealthyTime())));
    }

    /** True if the order can't change it any more, and only its bytes are left of it. */
    boolean hasFetchedFor(String orderId) {
        return order != null && order.id().equals(orderId) && phase == OrderPhase.FETCHED;
    }

    /** Which of the agents that were installed here one after the other this is. */
    int life() {
        return life;
    }

    /** Its agent is installed anew. */
    void forget() {
        life++;
        wipe();
        known.clear();
        attempts.clear();
        order = null;
        phase = OrderPhase.DONE;
    }

    void wipe() {
        version = null;
        crashedFor = 0;
        onDisk.clear();
        if (changing()) {
            phase = OrderPhase.FAILED;
        }
    }

    /** Someone else changes what runs. */
    void drift(@Nullable String to) {
        if (!changing()) {
            version = to;
            crashedFor = 0;
        }
    }

    void crash(int seconds, Instant now) {
        if (healthy()) {
            proven |= order == null
                    || !now.isBefore(healthySince.plus(order.rollout().limits.minHealthyTime()));
            crashedFor = seconds;
            restarts++;
            // One that crashes again and again is given up, and nobody waits for it.
            proven |= order != null && restarts >= order.rollout().limits.maxAttempts();
        }
    }

    /** What runs does not come up again by itself: only another version mends it. */
    void breakDown(Instant now) {
        crash(Integer.MAX_VALUE, now);
    }

    boolean brokenDown() {
        return crashedFor > 1_000_000;
    }

    void mendByHand() {
        if (brokenDown()) {
            crashedFor = 1;
        }
    }

    /** True if it begins to switch. */
    boolean step(Instant now, boolean ordersLapse) {
        if (crashedFor > 0 && --crashedFor == 0) {
            healthySince = now;
        }
        SimOrder current = order;
        if (current == null || !changing() || left-- > 0) {
            return false;
        }
        if (phase == OrderPhase.FETCHING) {
            onDisk.add(current.version());
            if (crashedFor == 0 && current.version().equals(version)) {
                phase = OrderPhase.DONE;
                return false;
            }
            boolean lapsed = ordersLapse && !machine.clock(now).isBefore(current.notAfter());
            phase = lapsed ? OrderPhase.FETCHED : OrderPhase.SWITCHING;
            left = fate.starting();
            return !lapsed;
        }
        phase = fate.fails() ? OrderPhase.FAILED : OrderPhase.DONE;
        version = fate.fails() ? versionBefore : current.version();
        crashedFor = 0;
        restarts = 0;
        healthySince = now;
        everRan.add(String.valueOf(version));
        return false;
    }

    /** True if the registry learns something new. */
    boolean report(Instant now) {
        Sight last = sight;
        RunningService before = last == null ? null : last.running();
        SimOrder current = order;
        RunState state = switching() || crashedFor == 1
                ? RunState.STARTING
                : crashedFor > 0 ? RunState.CRASHED : version == null ? RunState.STOPPED : RunState.RUNNING;
        String shown = switching() && current != null ? current.version() : version;
        int again = switching() ? 0 : restarts;
        boolean same = before != null
                && before.state() == state
                && before.restarts() == again
                && Objects.equals(before.version(), shown)
                && sameOrder(before.order(), current);
        RunningService running = same
                ? before
                : new RunningService(machine.name, name, shown, state, null, again, null, progress(current), now);
        sight = new Sight(now, false, running);
        return !same || last == null || last.lost();
    }

    /** What it reported last. */
    RunningService reported() {
        return Objects.requireNonNull(Objects.requireNonNull(sight).running());
    }

    /** True where the registry knows that it is down. */
    boolean knownToBeDown() {
        return sight != null
                && (reported().state() == RunState.CRASHED
                        || reported().state() == RunState.STARTING && reported().restarts() > 0);
    }

    private boolean sameOrder(@Nullable OrderProgress told, @Nullable SimOrder current) {
        return told == null || current == null
                ? told == null && current == null
                : told.phase() == phase && told.orderId().equals(current.id());
    }

    private @Nullable OrderProgress progress(@Nullable SimOrder current) {
        return current == null
                ? null
                : new OrderProgress(
                        current.id(),
                        current.version(),
                        phase,
                        phase == OrderPhase.FAILED ? "it did not stay up" : null);
    }

    /** Nobody waits any more for it to stay healthy. */
    void giveUpProof() {
        proven |= !changing();
    }

    void stayLost(Instant now) {
        SimOrder last = order;
        abandoned |= last != null && changing() && now.isAfter(last.deadline());
    }

    /** True if that is news. */
    boolean lose() {
        Sight last = sight;
        boolean news = last != null && !last.lost();
        if (last != null && news) {
            // It is passed by, and not waited for again.
            proven |= !changing();
            sight = new Sight(last.lastSeen(), true, last.running());
        }
        return news;
    }

    @Nullable
    Sight sight() {
        return sight;
    }
}

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

/** A machine and its agent, and what the registry believes of them. */
final class SimMachine {
    /** An order as it travels. */
    record SimOrder(
            String id,
            String rollout,
            String deployment,
            long revision,
            long epoch,
            String version,
            int attempt,
            boolean mending,
            Instant sentAt,
            Instant notAfter) {}

    final String name;
    final String group;
    final String faultDomain;
    final Set<String> attemptsCarriedOut = new HashSet<>();
    private final Map<String, OrderPhase> known = new HashMap<>();
    private final Set<String> onDisk = new HashSet<>();
    private @Nullable String version;
    private @Nullable String versionBefore;

    @Nullable
    SimOrder current;

    private OrderPhase phase = OrderPhase.DONE;
    private int left;
    private boolean willFail;
    boolean up = true;
    /** True while it is under a repave; it comes back empty. */
    boolean repaved;

    int repavedFor;
    final Set<String> everRan = new HashSet<>();
    private Instant doneAt = Instant.EPOCH;
    int downFor;

    @Nullable
    Sight sight;

    SimMachine(String name, String group, String faultDomain) {
        this.name = name;
        this.group = group;
        this.faultDomain = faultDomain;
    }

    /** True if the agent takes it; a repetition is taken and changes nothing. */
    boolean take(SimOrder order, Instant now, int duration, boolean fails) {
        if (known.containsKey(order.id())) {
            return true;
        }
        SimOrder last = current;
        boolean older = last != null
                && (order.revision() < last.revision()
                        || order.revision() == last.revision() && order.epoch() < last.epoch());
        if (older || now.isAfter(order.notAfter())) {
            return false;
        }
        if (!attemptsCarriedOut.add(order.rollout() + "#" + order.attempt())) {
            throw new Breach(
                    Breach.Promise.ONCE,
                    name + " carries out attempt " + order.attempt() + " of " + order.rollout() + " twice");
        }
        if (!changing()) {
            versionBefore = version;
        }
        current = order;
        phase = OrderPhase.FETCHING;
        left = onDisk.contains(order.version()) ? 0 : duration;
        willFail = fails;
        known.put(order.id(), phase);
        return true;
    }

    boolean changing() {
        return current != null && (phase == OrderPhase.FETCHING || phase == OrderPhase.SWITCHING);
    }

    /** True while its service is down for the change. */
    boolean disrupted() {
        return current != null && phase == OrderPhase.SWITCHING;
    }

    SimOrder order() {
        return Objects.requireNonNull(current);
    }

    /** True if the rollout changed it, and that is not over or too short ago. */
    boolean unproven(SimRollout rollout, Instant at) {
        SimOrder order = current;
        return up
                && order != null
                && !order.mending()
                && order.rollout().equals(rollout.id)
                && (changing()
                        || phase == OrderPhase.DONE
                                && order.version().equals(version)
                                && at.isBefore(doneAt.plus(rollout.limits.minHealthyTime())));
    }

    void repave(int seconds) {
        repaved = true;
        repavedFor = seconds;
        version = null;
        if (changing()) {
            phase = OrderPhase.FAILED;
        }
    }

    /** True if it begins to switch. */
    boolean step(Instant now, boolean ordersLapse) {
        if (repaved && repavedFor-- <= 0) {
            repaved = false;
        }
        SimOrder order = current;
        if (!up || order == null || !changing() || left-- > 0) {
            return false;
        }
        if (phase == OrderPhase.FETCHING) {
            onDisk.add(order.version());
            boolean lapsed = ordersLapse && !now.isBefore(order.notAfter());
            phase = lapsed ? OrderPhase.FETCHED : OrderPhase.SWITCHING;
            left = 1;
            return !lapsed;
        }
        phase = willFail ? OrderPhase.FAILED : OrderPhase.DONE;
        version = willFail ? versionBefore : order.version();
        doneAt = now;
        everRan.add(String.valueOf(version));
        return false;
    }

    /** True if the order can't change it any more, and only its bytes are left of it. */
    boolean hasFetchedFor(String orderId) {
        return current != null && current.id().equals(orderId) && phase == OrderPhase.FETCHED;
    }

    /** Someone else changes what runs. */
    void drift(@Nullable String to) {
        if (!changing()) {
            version = to;
        }
    }

    @Nullable
    String version() {
        return version;
    }

    void report(Instant now) {
        Sight last = sight;
        RunningService before = last == null ? null : last.running();
        SimOrder order = current;
        boolean switching = changing() && phase == OrderPhase.SWITCHING;
        RunState state = switching ? RunState.STARTING : version == null ? RunState.STOPPED : RunState.RUNNING;
        RunningService running = new RunningService(
                name,
                "hello",
                switching && order != null ? order.version() : version,
                state,
                null,
                0,
                null,
                order == null
                        ? null
                        : new OrderProgress(
                                order.id(),
                                order.version(),
                                phase,
                                phase == OrderPhase.FAILED ? "it did not stay up" : null),
                now);
        boolean same = before != null
                && before.state() == state
                && Objects.equals(before.version(), running.version())
                && Objects.equals(before.order(), running.order());
        sight = new Sight(now, false, same ? before : running);
    }

    void lose() {
        Sight last = sight;
        if (last != null && !last.lost()) {
            sight = new Sight(last.lastSeen(), true, last.running());
        }
    }
}

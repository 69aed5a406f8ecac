package dev.flotilla.orchestrator.bench;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Machines in groups of a thousand, five fault domains each, that carry orders out by doing nothing for a while, and report as agents do. */
final class SimulatedFleet {
    static final int GROUP = 1_000;
    static final int DOMAINS = 5;
    static final String SERVICE = "hello";
    private static final Duration FETCH = Duration.ofMillis(200);
    private static final Duration SWITCH = Duration.ofMillis(300);

    /** A step of a machine that is due after a while. */
    private record Step(int machine, String order, OrderPhase phase, long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at, ((Step) other).at);
        }
    }

    final SimulatedFeed feed;
    final AtomicInteger orders = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    private final int machines;
    private final String address;
    private final AtomicReferenceArray<@Nullable String> latest;
    /** The major version that a machine runs, and the phase of its latest order. */
    private final AtomicLongArray states;

    private final DelayQueue<Step> steps = new DelayQueue<>();
    private volatile boolean frozen;

    SimulatedFleet(int machines, String address, SimulatedFeed feed) {
        this.machines = machines;
        this.address = address;
        this.feed = feed;
        latest = new AtomicReferenceArray<>(machines);
        states = new AtomicLongArray(machines);
        for (int machine = 0; machine < machines; machine++) {
            states.set(machine, 1);
        }
        Thread.ofPlatform().daemon().name("agents").start(this::work);
    }

    int groups() {
        return machines / GROUP;
    }

    static String sha256(long version) {
        return "%064x".formatted(version);
    }

    /** While true, machines stay at fetching. */
    void freeze(boolean frozen) {
        this.frozen = frozen;
        for (int machine = 0; !frozen && machine < machines; machine++) {
            String order = latest.get(machine);
            if (order != null) {
                later(machine, order, OrderPhase.SWITCHING, FETCH.multipliedBy(1 + machine % 10));
            }
        }
    }

    Machine machine(int machine) {
        int group = machine / GROUP;
        return new Machine(
                "m" + machine,
                environment(group),
                function(group),
                "fd-" + machine % DOMAINS,
                "region-" + group / 300,
                address,
                null);
    }

    static String environment(int group) {
        return "env-" + group / 50;
    }

    static String function(int group) {
        return "mf-" + group % 50;
    }

    MachineStatus status(int machine, Instant now) {
        return new MachineStatus("m" + machine, now, false, List.of(running(machine, null, null, now)));
    }

    OrderReceipt take(Order order) {
        int machine = Integer.parseInt(order.machine(), 1, order.machine().length(), 10);
        if (order.id().equals(latest.getAndSet(machine, order.id()))) {
            return new OrderReceipt(order.id(), OrderPhase.FETCHING);
        }
        orders.incrementAndGet();
        long goal = Long.parseLong(order.version(), 0, order.version().indexOf('.'), 10);
        states.set(machine, goal - 1);
        report(machine, order.id(), OrderPhase.FETCHING);
        if (!frozen) {
            later(machine, order.id(), OrderPhase.SWITCHING, FETCH);
        }
        return new OrderReceipt(order.id(), OrderPhase.ACCEPTED);
    }

    private void later(int machine, String order, OrderPhase phase, Duration wait) {
        steps.add(new Step(machine, order, phase, System.nanoTime() + wait.toNanos()));
    }

    private void work() {
        while (true) {
            try {
                Step step = steps.take();
                if (!step.order().equals(latest.get(step.machine()))) {
                    continue;
                }
                if (step.phase() == OrderPhase.SWITCHING) {
                    report(step.machine(), step.order(), OrderPhase.SWITCHING);
                    later(step.machine(), step.order(), OrderPhase.DONE, SWITCH);
                } else {
                    states.incrementAndGet(step.machine());
                    latest.set(step.machine(), null);
                    done.incrementAndGet();
                    report(step.machine(), step.order(), OrderPhase.DONE);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void report(int machine, String order, OrderPhase phase) {
        feed.add("m" + machine, running(machine, order, phase, Instant.now()));
    }

    private RunningService running(int machine, @Nullable String order, @Nullable OrderPhase phase, Instant now) {
        long version = states.get(machine);
        OrderProgress progress = order == null || phase == null
                ? null
                : new OrderProgress(order, (phase == OrderPhase.DONE ? version : version + 1) + ".0", phase, null);
        return new RunningService(
                "m" + machine, SERVICE, version + ".0", RunState.RUNNING, sha256(version), 0, now, progress, now);
    }
}

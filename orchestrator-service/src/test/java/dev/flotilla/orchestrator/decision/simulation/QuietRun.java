package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Foresight;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Outlook;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.decision.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One rollout driven by the real decider in a world where nothing fails: every order is carried out after the same time. */
final class QuietRun {
    private static final int LOOKS = 12;
    private final Duration change;
    private final int places;
    private final Outlook outlook;
    private final SequencedMap<String, MachineView> machines = new LinkedHashMap<>();
    private final Map<String, Instant> ends = new HashMap<>();
    private RolloutView view;
    private Instant now;

    /** When each machine was first ordered, in that order. */
    final SequencedMap<String, Instant> ordered = new LinkedHashMap<>();
    /** How many machines were being changed or proving themselves at once, at most, from the order of each machine on. */
    final Map<String, Integer> together = new HashMap<>();

    @Nullable
    Instant lastProven;

    /** @param foresight what will come true: of the machines so many are granted at once by device-manager */
    QuietRun(RolloutView view, Foresight foresight, Instant now) {
        this.view = view;
        this.change = foresight.change();
        this.places = foresight.places();
        this.outlook = foresight.outlook();
        this.now = now;
        view.machines().forEach(machine -> {
            machines.put(machine.name(), machine);
            OrderRecord order = machine.order();
            if (order != null && order.state() == OrderState.ACCEPTED) {
                ends.put(machine.name(), order.orderedAt().plus(change));
            }
        });
    }

    @Override
    public String toString() {
        return view.limits() + ", " + change + " a change, " + places + " places, " + view.state() + " at " + now;
    }

    /** Goes on until the rollout is complete, or halts, or so much time has gone by. */
    void run(Duration longest) {
        Instant end = now.plus(longest);
        while (now.isBefore(end) && view.state() == DeploymentState.ROLLING_OUT) {
            arrive();
            for (int look = 0; look < LOOKS && look(); look++) {
                arrive();
            }
            now = now.plusSeconds(1);
        }
    }

    private void arrive() {
        ends.entrySet().removeIf(end -> {
            boolean due = !now.isBefore(end.getValue());
            MachineView machine = Objects.requireNonNull(machines.get(end.getKey()));
            boolean heard = machine.sight() != null && !machine.sight().lost();
            if (due && heard) {
                RunningService running = new RunningService(
                        machine.name(),
                        "hello",
                        view.goal().version(),
                        RunState.RUNNING,
                        null,
                        0,
                        null,
                        null,
                        end.getValue());
                put(machine, new Sight(now, false, running), machine.order());
            }
            return due;
        });
    }

    /** Looks once; true where something came of it. */
    private boolean look() {
        RolloutView seen = new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                view.course(),
                view.limits(),
                view.pace(),
                List.copyOf(machines.values()),
                view.elsewhere(),
                view.answers(),
                List.of(),
                view.registrySince());
        Map<String, Permit> permits = new HashMap<>(view.permits());
        permits.replaceAll((machine, permit) -> outlook.at(machine, permit, now));
        seen = seen.withPermits(permits);
        Decision decision = RolloutDecider.decide(seen, now);
        while (!decision.wishes().isEmpty()) {
            seen = seen.withClaims(claim(decision.wishes(), seen.claims()));
            decision = RolloutDecider.decide(seen, now);
        }
        decision.actions().forEach(this::act);
        Course course = view.course();
        view = new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                new Course(
                        decision.state(),
                        decision.reason(),
                        null,
                        decision.progressed() ? now : course.progressedAt(),
                        course.promotedAt()),
                view.limits(),
                view.pace(),
                view.machines(),
                view.elsewhere(),
                view.answers(),
                List.of(),
                view.registrySince());
        return !decision.actions().isEmpty();
    }

    private Map<String, ClaimAnswer> claim(List<Wish> wishes, Map<String, ClaimAnswer> before) {
        Map<String, ClaimAnswer> answers = new HashMap<>();
        long held = machines.values().stream()
                .filter(machine -> machine.order() != null && machine.order().repair() != null)
                .count();
        long granted = before.entrySet().stream()
                .filter(answer -> answer.getValue().granted() && !holds(answer.getKey()))
                .count();
        for (Wish wish : wishes) {
            boolean free = holds(wish.machine()) || held + granted < places;
            granted += free && !holds(wish.machine()) ? 1 : 0;
            answers.put(
                    wish.machine(),
                    free
                            ? ClaimAnswer.granted("r-" + wish.machine())
                            : new ClaimAnswer(null, "max-unavailable", "the group is full", null, false));
        }
        return answers;
    }

    private boolean holds(String machine) {
        OrderRecord order = Objects.requireNonNull(machines.get(machine)).order();
        return order != null && order.repair() != null;
    }

    private void act(Action action) {
        switch (action) {
            case Action.Send send -> {
                if (send.again()) {
                    return;
                }
                OrderRecord order = send.order();
                write(send.machine(), order.with(OrderState.ACCEPTED, order.failures(), order.nextAt(), null));
                ends.put(send.machine(), now.plus(change));
                ordered.putIfAbsent(send.machine(), now);
                int busy = (int) machines.keySet().stream().filter(this::holds).count();
                together.put(send.machine(), busy);
            }
            case Action.Settle settle -> {
                OrderRecord order = order(settle.machine());
                write(settle.machine(), order.with(OrderState.DONE, 0, order.nextAt(), null));
            }
            case Action.Suspend suspend -> {
                OrderRecord order = order(suspend.machine());
                write(suspend.machine(), order.with(OrderState.SUSPENDED, order.failures(), order.nextAt(), null));
            }
            case Action.Fail fail ->
                write(
                        fail.machine(),
                        order(fail.machine()).with(OrderState.FAILED, fail.failures(), fail.retryAt(), "late"));
            case Action.Close close -> {
                lastProven = now;
                write(close.machine(), order(close.machine()).withoutRepair());
            }
            case Action.Halt halt -> throw new AssertionError("halted: " + halt.reason());
        }
    }

    private OrderRecord order(String machine) {
        return Objects.requireNonNull(
                Objects.requireNonNull(machines.get(machine)).order());
    }

    private void write(String name, OrderRecord order) {
        MachineView machine = Objects.requireNonNull(machines.get(name));
        put(machine, machine.sight(), order);
    }

    private void put(MachineView machine, @Nullable Sight sight, @Nullable OrderRecord order) {
        machines.put(
                machine.name(),
                new MachineView(
                        machine.name(), machine.faultDomain(), machine.supersededBy(), machine.gone(), sight, order));
    }
}

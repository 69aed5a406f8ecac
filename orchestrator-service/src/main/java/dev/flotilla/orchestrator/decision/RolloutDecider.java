package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a rollout does next. The rules, each named in {@link Rule}:
 *
 * <ul>
 *   <li>Machines are taken fault domain by fault domain, by name within one; those that are down and use up the limit before all others.
 *   <li>No more orders are open at once than {@code maxUnavailable} allows; machines that are unavailable for other reasons count too, and
 *       only such a machine may be taken beyond that: it does not make one more unavailable. A machine whose attempt failed keeps its place
 *       until it runs the version or is set aside, so that a bad version is tried out on few machines, and on those that are down anyway.
 *   <li>Nothing is ordered without the policy engine's word, nor while something could not be observed.
 *   <li>An order permits a switch for a short time only. A machine whose bytes came later has them and waits: a fresh order is given to it under
 *       the same rules as the first.
 *   <li>The machines whose turn comes next are given the bytes ahead of time, which changes nothing.
 *   <li>When more machines of the deployment than {@code failureThreshold} have failed for good, it is halted: nothing more is ordered.
 *   <li>A rollout is complete when each machine runs the version, is excused, is superseded, or has failed within the threshold. From then
 *       on it keeps the goal: a machine that falls back or joins is ordered, by the same limits and policies, and never halts it.
 * </ul>
 */
public final class RolloutDecider {
    private RolloutDecider() {}

    /** The machines that would be ordered now if policies and limits allow it: those to ask the policy engine about. */
    public static List<String> candidates(RolloutView view, Instant now) {
        return mayOrder(view) && view.obstacles().isEmpty() ? candidates(view, assess(view, now)) : List.of();
    }

    static List<String> candidates(RolloutView view, List<Assessment> machines) {
        if (!mayOrder(view) || !view.obstacles().isEmpty()) {
            return List.of();
        }
        return machines.stream()
                .filter(machine -> machine.want() != Assessment.Want.NOTHING)
                .map(machine -> machine.machine().name())
                .toList();
    }

    /** The machines that wait and are down: they come first where broken machines use up the limit of the group. */
    public static Set<String> down(RolloutView view, Instant now) {
        return down(view, assess(view, now));
    }

    static Set<String> down(RolloutView view, List<Assessment> machines) {
        return !mayOrder(view) || !view.obstacles().isEmpty()
                ? Set.of()
                : machines.stream()
                        .filter(machine -> DownFirst.waits(view, machine))
                        .map(Assessment::name)
                        .collect(Collectors.toSet());
    }

    /** What the rollout does now, and where each machine stands. */
    public static Decision decide(RolloutView view, Instant now) {
        return decide(view, assess(view, now), now);
    }

    static Decision decide(RolloutView view, List<Assessment> machines, Instant now) {
        List<Action> actions = new ArrayList<>();
        machines.stream().map(Assessment::note).filter(Objects::nonNull).forEach(actions::add);

        Waves waves = new Waves(view, machines, now);
        String halt = Halts.reason(view, machines, waves, now);
        if (halt != null && view.state() != DeploymentState.HALTED) {
            actions.add(new Action.Halt(halt));
        }
        Orders orders = new Orders(view, now, machines, waves, halt);
        SequencedMap<String, MachineStanding> standings = new LinkedHashMap<>();
        machines.forEach(machine -> standings.put(machine.machine().name(), machine.standing()));
        inTurn(view, machines, waves)
                .forEach(machine -> standings.put(machine.machine().name(), orders.standing(machine)));
        actions.addAll(orders.given());
        if (halt == null) {
            actions.addAll(FetchAhead.orders(view, machines, standings, now));
        }
        Repairs repairs = new Repairs(view, machines, orders, halt == null && mayOrder(view));
        actions.addAll(repairs.closed());

        Counts counts = StandingCounts.of(standings.values());
        DeploymentState state = halt != null ? DeploymentState.HALTED : RolloutStates.next(view, machines, counts);
        boolean over =
                (state == DeploymentState.SUPERSEDED && view.replaced() != null || state == DeploymentState.ABORTED)
                        && repairs.none();
        return new Decision(
                List.copyOf(actions),
                standings,
                counts,
                state,
                reason(view, halt),
                wishes(repairs, orders),
                progressed(view, machines, orders, now),
                over,
                repairs.closed().isEmpty() ? nextLook(machines, standings, now) : now,
                waves.open());
    }

    /** Each machine once: where an order goes out again, or another attempt is due, the repair held for it is asked for by both. */
    private static List<Wish> wishes(Repairs repairs, Orders orders) {
        SequencedMap<String, Wish> wishes = new LinkedHashMap<>();
        Stream.concat(repairs.renewed().stream(), orders.wishes().stream())
                .forEach(wish -> wishes.putIfAbsent(wish.machine(), wish));
        return List.copyOf(wishes.values());
    }

    /** Each machine by itself, in the order in which they are changed. */
    static List<Assessment> assess(RolloutView view, Instant now) {
        MachineAssessor assessor = new MachineAssessor(view, now);
        return view.machines().stream()
                .sorted(RolloutOrder.MACHINES)
                .map(assessor::assess)
                .toList();
    }

    /** Who has a repair makes use of it first. Where it is mended, machines that fail again and again keep no others waiting than by that. */
    private static List<Assessment> inTurn(RolloutView view, List<Assessment> machines, Waves waves) {
        Comparator<Assessment> turn = Comparator.comparing(machine -> !wantsWhatItHas(machine));
        if (view.state() == DeploymentState.COMPLETE) {
            return sorted(machines, turn.thenComparingInt(Assessment::failures));
        }
        boolean held = machines.stream().anyMatch(RolloutDecider::wantsWhatItHas);
        return held || waves.down().anyAhead()
                ? sorted(machines, turn.thenComparing(machine -> !waves.down().isAhead(machine)))
                : machines;
    }

    /** Others may wait for the repair that it has: it is made use of before one is asked for another machine. */
    private static boolean wantsWhatItHas(Assessment machine) {
        return machine.repair() != null && machine.want() != Assessment.Want.NOTHING;
    }

    private static List<Assessment> sorted(List<Assessment> machines, Comparator<Assessment> order) {
        return machines.stream().sorted(order).toList();
    }

    private static boolean mayOrder(RolloutView view) {
        return view.replaced() == null
                && switch (view.state()) {
                    case ROLLING_OUT, COMPLETE, SUPERSEDED -> true;
                    case HALTED, ABORTED -> false;
                };
    }

    private static boolean progressed(RolloutView view, List<Assessment> machines, Orders orders, Instant now) {
        boolean settled = machines.stream().anyMatch(machine -> machine.note() instanceof Action.Settle);
        boolean late = Halts.late(view, now);
        boolean idle = machines.stream()
                .noneMatch(machine -> late ? Halts.changing(view, machine) : Waves.slot(view, machine));
        return settled || idle && !orders.given().isEmpty();
    }

    private static @Nullable String reason(RolloutView view, @Nullable String halt) {
        if (view.state() == DeploymentState.ABORTED) {
            return view.course().reason();
        }
        return halt != null || view.obstacles().isEmpty()
                ? halt
                : view.obstacles().getFirst().reason();
    }

    private static @Nullable Instant nextLook(
            List<Assessment> machines, SequencedMap<String, MachineStanding> standings, Instant now) {
        Stream<@Nullable Instant> waits = standings.values().stream().map(MachineStanding::until);
        Stream<@Nullable Instant> deadlines = machines.stream()
                .filter(Assessment::inFlight)
                .map(machine -> machine.machine().order())
                .map(order -> order == null ? null : order.deadline());
        return Stream.concat(waits, deadlines)
                .filter(Objects::nonNull)
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
    }
}

package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.WaveKind;
import dev.flotilla.orchestrator.decision.Assessment.Hold;
import dev.flotilla.orchestrator.decision.Plan.Wave;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The machines whose turn has come in a plan, as a wave: how many at once, and how long they take. */
final class Turn {
    private final RolloutView view;
    private final Instant at;
    private final Waves turns;
    private final Foresight foresight;
    private final boolean mending;
    private final List<Assessment> machines;
    private final int places;

    /**
     * @param machines some that are mended, or some that are not
     * @param places how many that do their work may be taken at once by the limit of the group; less than none where so many that are down must be
     *     mended before: these only are the turn's then
     */
    Turn(RolloutView view, Instant at, Waves turns, List<Assessment> machines, Foresight foresight, int places) {
        this.places = places;
        this.view = view;
        this.at = at;
        this.turns = turns;
        this.foresight = foresight;
        this.mending = turns.mending(machines.getFirst());
        long down = machines.stream().filter(Turn::needsNoPlace).count();
        this.machines = down > 0 && places + down <= 0
                ? machines.stream()
                        .filter(machine -> machine.hold() != Hold.NONE || needsNoPlace(machine))
                        .toList()
                : machines;
    }

    boolean mending() {
        return mending;
    }

    /** Null where fault domains don't matter. */
    @Nullable
    String faultDomain() {
        return mending ? null : machines.getFirst().machine().faultDomain();
    }

    /** True where some have begun already. */
    boolean begun() {
        return machines.stream().anyMatch(machine -> machine.hold() != Hold.NONE);
    }

    /** Those that have not begun. */
    List<Assessment> further() {
        return machines.stream().filter(machine -> machine.hold() == Hold.NONE).toList();
    }

    /**
     * The wave, without those that may not begin any more when a place is free for them; of no machines where that are all.
     *
     * @param all machines of the rollout
     * @param timed true where it is known when it begins
     * @param may whether a machine may begin so long from now
     * @param waits what it waits for already
     */
    Wave wave(
            List<Assessment> all,
            boolean timed,
            BiPredicate<Assessment, Duration> may,
            SequencedMap<String, MachineStanding> waits) {
        SequencedMap<String, MachineStanding> standings = new LinkedHashMap<>(waits);
        List<Assessment> underWay =
                machines.stream().filter(machine -> machine.hold() != Hold.NONE).toList();
        List<Assessment> further = further();
        int places = places(all, underWay, further, standings);
        if (places == 0) {
            return underWay.isEmpty()
                    ? wave(machines, underWay, 0, timed ? at : null, null, standings)
                    : wave(underWay, underWay, underWay.size(), timed ? at : null, longest(underWay), waits);
        }
        Batches.Taken<Assessment> taken = Batches.take(
                underWay.stream().map(this::left).toList(),
                further,
                foresight.change().plus(healthy()),
                places,
                may);
        Set<String> late = Set.copyOf(names(taken.late()));
        List<Assessment> begun = machines.stream()
                .filter(machine -> !late.contains(machine.name()))
                .toList();
        return wave(begun, underWay, places, timed ? at : null, taken.last(), standings);
    }

    private Duration longest(List<Assessment> underWay) {
        return underWay.stream().map(this::left).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private Wave wave(
            List<Assessment> wave,
            List<Assessment> underWay,
            int atOnce,
            @Nullable Instant begins,
            @Nullable Duration takes,
            SequencedMap<String, MachineStanding> standings) {
        return new Wave(
                kind(),
                faultDomain(),
                names(wave),
                names(underWay),
                (int) underWay.stream()
                        .filter(machine -> machine.standing().phase() == MachinePhase.RUNNING)
                        .count(),
                atOnce,
                atOnce == 0 ? 0 : Math.ceilDiv(wave.size(), atOnce),
                begins,
                takes,
                Duration.ZERO,
                new LinkedHashMap<>(standings));
    }

    private WaveKind kind() {
        if (mending) {
            return WaveKind.MENDING;
        }
        return turns.canariesAwaited().isEmpty() ? WaveKind.FAULT_DOMAIN : WaveKind.CANARIES;
    }

    /** As many as orders would be given once those under way are done; where that is none, why. */
    private int places(
            List<Assessment> all,
            List<Assessment> underWay,
            List<Assessment> further,
            SequencedMap<String, MachineStanding> standings) {
        RolloutView after = view;
        List<Assessment> then = all;
        if (!underWay.isEmpty()) {
            after = FutureViews.changed(view, Set.copyOf(names(underWay)), turns, mending, at, at);
            then = RolloutDecider.assess(after, at);
        }
        Orders orders = new Orders(after, at, then, turns, null);
        Set<String> names = Set.copyOf(names(further));
        SequencedMap<String, MachineStanding> refused = new LinkedHashMap<>();
        then.stream()
                .filter(machine -> names.contains(machine.name()))
                .forEach(machine -> refused.put(machine.name(), orders.standing(machine)));
        int given = orders.given().size();
        int down = (int) further.stream().filter(Turn::needsNoPlace).count();
        if (given == 0) {
            standings.putAll(refused);
        } else if (places <= 0 && down == 0) {
            MachineStanding full = MachineStanding.of(
                    MachinePhase.WAITING,
                    Rule.MAX_UNAVAILABLE,
                    "as many machines of " + view.group() + " are unavailable as its limit in device-manager allows");
            refused.replaceAll((machine, standing) -> full);
            standings.putAll(refused);
        }
        return (int) Math.min(given, Math.max(down, (long) places + down));
    }

    /** Who is down, and leaves a place to the next when it is mended. */
    private static boolean needsNoPlace(Assessment machine) {
        return machine.hold() == Hold.NONE && machine.unavailable();
    }

    private Duration healthy() {
        return view.state() == DeploymentState.ROLLING_OUT ? view.limits().minHealthyTime() : Duration.ZERO;
    }

    /** How long a machine that has begun still takes. */
    private Duration left(Assessment machine) {
        OrderRecord order = machine.machine().order();
        Instant until = machine.standing().until();
        return switch (machine.hold()) {
            case PROOF -> until == null ? healthy() : left(until);
            case ORDER ->
                (order == null ? foresight.change() : left(order.orderedAt().plus(foresight.change()))).plus(healthy());
            case RETRY, FETCHED -> left(until).plus(foresight.change()).plus(healthy());
            case NONE -> foresight.change().plus(healthy());
        };
    }

    private Duration left(@Nullable Instant until) {
        return until == null || until.isBefore(at) ? Duration.ZERO : Duration.between(at, until);
    }

    private static List<String> names(List<Assessment> machines) {
        return machines.stream().map(Assessment::name).toList();
    }
}

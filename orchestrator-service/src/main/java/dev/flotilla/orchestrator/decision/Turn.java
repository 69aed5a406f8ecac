package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.WaveKind;
import dev.flotilla.orchestrator.decision.Assessment.Hold;
import dev.flotilla.orchestrator.decision.Plan.Wave;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The machines whose turn has come in a plan, as a wave: how many at once, and how long they take. */
final class Turn {
    private final RolloutView view;
    private final Instant at;
    private final Waves turns;
    private final Foresight foresight;
    private final boolean mending;
    private final List<Assessment> machines;

    /** @param turn if any of them are mended, those are the wave, and the others the next */
    Turn(RolloutView view, Instant at, Waves turns, List<Assessment> turn, Foresight foresight) {
        this.view = view;
        this.at = at;
        this.turns = turns;
        this.foresight = foresight;
        this.mending = turn.stream().anyMatch(turns::mending);
        this.machines = mending ? turn.stream().filter(turns::mending).toList() : turn;
    }

    boolean mending() {
        return mending;
    }

    /**
     * The wave.
     *
     * @param all machines of the rollout
     * @param timed true where it is known when it begins
     * @param waits what it waits for already
     */
    Wave wave(List<Assessment> all, boolean timed, SequencedMap<String, MachineStanding> waits) {
        SequencedMap<String, MachineStanding> standings = new LinkedHashMap<>(waits);
        List<Assessment> underWay = new ArrayList<>(machines);
        underWay.removeIf(machine -> machine.hold() == Hold.NONE);
        int atOnce = atOnce(all, underWay.size(), standings);
        Duration takes = atOnce == 0
                ? null
                : Batches.last(
                        underWay.stream().map(this::left).toList(),
                        machines.size() - underWay.size(),
                        change().plus(healthy()),
                        atOnce);
        return new Wave(
                kind(),
                mending ? null : machines.getFirst().machine().faultDomain(),
                names(machines),
                names(underWay),
                atOnce,
                atOnce == 0 ? 0 : Math.ceilDiv(machines.size(), atOnce),
                timed ? at : null,
                takes,
                standings);
    }

    private WaveKind kind() {
        if (mending) {
            return WaveKind.MENDING;
        }
        return turns.canariesAwaited().isEmpty() ? WaveKind.FAULT_DOMAIN : WaveKind.CANARIES;
    }

    /** As many as orders would be given now, and those that have begun; where that is none, why. */
    private int atOnce(List<Assessment> all, int begun, SequencedMap<String, MachineStanding> standings) {
        Orders orders = new Orders(view, at, all, turns, null);
        SequencedMap<String, MachineStanding> refused = new LinkedHashMap<>();
        for (Assessment machine : machines) {
            if (machine.hold() == Hold.NONE) {
                refused.put(machine.name(), orders.standing(machine));
            }
        }
        int allowed = begun + orders.given().size();
        int places = Math.max(begun, foresight.places());
        if (allowed == 0) {
            standings.putAll(refused);
        } else if (places == 0) {
            MachineStanding full = MachineStanding.of(
                    MachinePhase.WAITING,
                    Rule.MAX_UNAVAILABLE,
                    "as many machines of " + view.group() + " are unavailable as its limit in device-manager allows");
            refused.keySet().forEach(machine -> standings.put(machine, full));
        }
        return Math.min(allowed, places);
    }

    private Duration change() {
        return foresight.change();
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
            case ORDER -> (order == null ? change() : left(order.orderedAt().plus(change()))).plus(healthy());
            case RETRY, FETCHED -> left(until).plus(change()).plus(healthy());
            case NONE -> change().plus(healthy());
        };
    }

    private Duration left(@Nullable Instant until) {
        return until == null || until.isBefore(at) ? Duration.ZERO : Duration.between(at, until);
    }

    private static List<String> names(List<Assessment> machines) {
        return machines.stream().map(Assessment::name).toList();
    }
}

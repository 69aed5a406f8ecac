package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.EXCUSED;
import static dev.flotilla.api.orchestrator.MachinePhase.RUNNING;
import static dev.flotilla.api.orchestrator.MachinePhase.WAITING;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Assessment.Hold;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import dev.flotilla.orchestrator.decision.Plan.Wave;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a rollout ahead on a copy of its view, wave by wave: those whose turn it is by {@link Waves}, as many at once as {@link Orders} gives; then they
 * run the version, and the next are those whose turn it is then. Where nobody's turn has come, time goes on to the next end of a wait.
 */
public final class Planner {
    /** More than any plan has; a wait whose end moves on with the time would have no end. */
    private static final int MOST_STEPS = 2000;

    private static final Duration MOMENT = Duration.ofMillis(1);
    private final Map<String, ClaimAnswer> claims;
    private final PolicyCourse policies;
    private final Foresight foresight;
    private final Instant now;
    private final Impacts impacts;
    private final List<Wave> waves = new ArrayList<>();
    private final Set<String> planned = new HashSet<>();
    /** What was waited for since the last wave. */
    private final SequencedMap<String, MachineStanding> waits = new LinkedHashMap<>();

    private RolloutView view;
    private Instant at;
    private boolean timed = true;

    private Planner(RolloutView view, Foresight foresight, Instant now) {
        this.claims = view.claims();
        this.foresight = foresight;
        this.now = now;
        this.at = now;
        this.impacts = new Impacts(foresight.askings());
        this.view = FutureViews.answered(view);
        this.policies = new PolicyCourse(this.view.permits(), foresight.outlook());
    }

    /** The view as it would be if a halted rollout were resumed now; one that stays halted has no waves. */
    public static RolloutView resumed(RolloutView view, Instant now) {
        return FutureViews.resumed(view, now);
    }

    /** The machines that the policy engine must be asked about before a plan can be made: all that the rollout still has to change. */
    public static List<String> candidates(RolloutView view, Instant now) {
        if (over(view) || !view.obstacles().isEmpty()) {
            return List.of();
        }
        return RolloutDecider.assess(view, now).stream()
                .filter(Planner::present)
                .filter(machine -> machine.standing().phase() != RUNNING)
                .map(Assessment::name)
                .toList();
    }

    /**
     * What the rollout will do.
     *
     * @param view with the policy engine's answers for {@link #candidates}, and with a refused claim for each machine that others have now
     */
    public static Plan plan(RolloutView view, Foresight foresight, Instant now) {
        return new Planner(view, foresight, now).plan();
    }

    private static boolean over(RolloutView view) {
        return view.replaced() != null
                || view.state() == DeploymentState.ABORTED
                || view.state() == DeploymentState.HALTED;
    }

    private Plan plan() {
        boolean more = !over(view);
        for (int step = 0; more && step < MOST_STEPS; step++) {
            view = closed(policies.at(view, at));
            List<Assessment> machines = RolloutDecider.assess(view, at);
            Waves turns = new Waves(view, machines, at);
            List<Assessment> turn =
                    machines.stream().filter(machine -> inTurn(turns, machine)).toList();
            note(machines, turns, turn);
            if (turn.isEmpty()) {
                more = wait(machines);
            } else {
                more = take(machines, turns, turn);
            }
        }
        SequencedMap<String, MachineStanding> others = others();
        int all = others.size();
        others.values().removeIf(standing -> standing.phase() == RUNNING);
        return new Plan(all - others.size(), List.copyOf(waves), others);
    }

    /** The repairs of machines that are done are closed. */
    private RolloutView closed(RolloutView open) {
        Set<String> over = RolloutDecider.assess(open, at).stream()
                .filter(machine -> machine.repair() != null && !Waves.slot(open, machine))
                .map(Assessment::name)
                .collect(Collectors.toSet());
        return over.isEmpty() ? open : FutureViews.closed(open, over);
    }

    private boolean inTurn(Waves turns, Assessment machine) {
        if (planned.contains(machine.name()) || !present(machine)) {
            return false;
        }
        return switch (machine.hold()) {
            case ORDER, PROOF -> true;
            case NONE -> machine.want() != Want.NOTHING && free(machine) && turns.refusal(machine) == null;
            case RETRY, FETCHED -> free(machine) && turns.refusal(machine) == null;
        };
    }

    private boolean free(Assessment machine) {
        Permit permit = Objects.requireNonNull(view.permit(machine.name()));
        ClaimAnswer claim = Objects.requireNonNull(view.claims().get(machine.name()));
        return permit.effect() == Effect.ALLOW && claim.granted();
    }

    private static boolean present(Assessment machine) {
        Sight sight = machine.machine().sight();
        return machine.effective() && sight != null && !sight.lost();
    }

    /** Remembers what the next wave waits for, or the present one goes on without. */
    private void note(List<Assessment> machines, Waves turns, List<Assessment> turn) {
        String domain = turn.isEmpty() ? null : turn.getFirst().machine().faultDomain();
        Set<String> taken = turn.stream().map(Assessment::name).collect(Collectors.toSet());
        Orders orders = new Orders(view, at, List.of(), turns, null);
        machines.stream()
                .filter(machine -> !taken.contains(machine.name()) && !planned.contains(machine.name()))
                .filter(machine ->
                        domain == null || domain.equals(machine.machine().faultDomain()))
                .filter(machine ->
                        turn.isEmpty() && deferred(machine) || turns.holds(machine) && turns.refusal(machine) == null)
                .forEach(machine -> waits.putIfAbsent(machine.name(), orders.standing(machine)));
        turn.forEach(machine -> {
            ClaimAnswer claim = claims.get(machine.name());
            if (claim != null && !claim.granted()) {
                waits.putIfAbsent(machine.name(), MachineStanding.refused(WAITING, claim));
            }
            Permit permit = policies.now(machine);
            if (permit.effect() == Effect.DENY) {
                waits.putIfAbsent(machine.name(), policies.passedBy(machine, permit, now));
            }
        });
    }

    private boolean deferred(Assessment machine) {
        return refused(machine, Effect.DEFER) && policies.next(machine, at) != null;
    }

    private boolean refused(Assessment machine, Effect effect) {
        Permit permit = view.permit(machine.name());
        return machine.want() != Want.NOTHING && present(machine) && permit != null && permit.effect() == effect;
    }

    /** Lets time go on to the next end of a wait; false where nothing more will happen by itself. */
    private boolean wait(List<Assessment> machines) {
        // Nobody waits for what is denied: it comes in where others are waited for until that is over.
        boolean awaited = machines.stream().anyMatch(this::deferred);
        Stream<@Nullable Instant> words = machines.stream()
                .filter(machine -> awaited && !planned.contains(machine.name()))
                .filter(machine -> refused(machine, Effect.DEFER) || refused(machine, Effect.DENY))
                .map(machine -> policies.next(machine, at));
        Stream<@Nullable Instant> patience = Stream.of(view.progressDeadline());
        Stream<@Nullable Instant> pauses = machines.stream()
                .filter(machine -> !planned.contains(machine.name()))
                .filter(machine -> machine.machine().order() == null
                        || !machine.machine().order().state().open())
                .map(machine -> machine.standing().until());
        Stream<@Nullable Instant> lost = machines.stream()
                .filter(machine -> machine.inFlight() && !present(machine))
                .map(machine -> Objects.requireNonNull(machine.machine().order())
                        .deadline()
                        .plus(MOMENT));
        return waitUntil(Stream.of(words, patience, pauses, lost).flatMap(each -> each));
    }

    private boolean waitUntil(Stream<@Nullable Instant> ends) {
        Instant next = ends.filter(Objects::nonNull)
                .filter(at::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
        at = next == null ? at : next;
        return next != null;
    }

    /** What is mended comes first, unless others are under way; false where nothing more will happen by itself. */
    private boolean take(List<Assessment> machines, Waves turns, List<Assessment> turn) {
        Map<Boolean, List<Assessment>> parts = turn.stream().collect(Collectors.partitioningBy(turns::mending));
        List<Assessment> mended = Objects.requireNonNull(parts.get(true));
        List<Assessment> others = Objects.requireNonNull(parts.get(false));
        boolean underWay = others.stream().anyMatch(machine -> machine.hold() != Hold.NONE);
        Turn taken = new Turn(view, at, turns, mended.isEmpty() || underWay ? others : mended, foresight);
        Instant free = disrupted(taken);
        if (free != null) {
            return waitUntil(Stream.of(free));
        }
        Duration asking = Objects.requireNonNullElse(
                impacts.ahead(view, taken.faultDomain(), names(taken.further())), Duration.ZERO);
        SequencedMap<String, MachineStanding> late = new LinkedHashMap<>();
        Wave wave = taken.wave(machines, timed, (machine, wait) -> inTime(machine, asking.plus(wait), late), waits);
        if (wave.machines().isEmpty()) {
            waits.putAll(late);
            return waitUntil(taken.further().stream().map(machine -> policies.next(machine, at)));
        }
        wave = asked(wave);
        waves.add(wave);
        waits.clear();
        waits.putAll(late);
        timed &= wave.takes() != null;
        Instant begins = at;
        at = wave.takes() == null ? at : at.plus(wave.takes());
        planned.addAll(wave.machines());
        view = FutureViews.changed(view, Set.copyOf(wave.machines()), taken.mending(), begins, at);
        return true;
    }

    /** Notes which work of others in another fault domain it waits for; answers until when, null where it need not, or where nobody knows. */
    private @Nullable Instant disrupted(Turn turn) {
        List<Disruption> others = foresight.disrupting(turn.faultDomain(), at, at.equals(now));
        others.forEach(other -> names(turn.further()).forEach(machine -> waits.putIfAbsent(machine, other.standing())));
        return !timed || turn.begun()
                ? null
                : others.stream()
                        .map(Disruption::until)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null);
    }

    /** Whether policies still let it begin so long from now; where it is not known when that is, they do. */
    private boolean inTime(Assessment machine, Duration wait, SequencedMap<String, MachineStanding> late) {
        Permit then = policies.at(machine, at.plus(wait));
        if (timed && then.effect() == Effect.DEFER) {
            late.put(machine.name(), Objects.requireNonNull(Orders.byPolicy(then)));
        }
        return !timed || then.effect() == Effect.ALLOW;
    }

    private Wave asked(Wave wave) {
        List<String> further = wave.machines().stream()
                .filter(machine -> !wave.underWay().contains(machine))
                .toList();
        String domain = wave.faultDomain();
        if (domain == null || further.isEmpty()) {
            return wave;
        }
        Duration time = impacts.ahead(view, domain, further);
        impacts.begun(domain);
        return wave.asking(time);
    }

    /** Where the machines stand at the end that are in no wave. */
    private SequencedMap<String, MachineStanding> others() {
        List<Assessment> machines = RolloutDecider.assess(view, at);
        String halt = view.state() == DeploymentState.HALTED
                ? String.valueOf(view.course().reason())
                : null;
        Orders orders = new Orders(view, at, machines, new Waves(view, machines, at), halt);
        SequencedMap<String, MachineStanding> standings = new LinkedHashMap<>();
        machines.stream()
                .filter(machine -> !planned.contains(machine.name()))
                .forEach(machine -> standings.put(machine.name(), aside(machine, orders.standing(machine))));
        return standings;
    }

    private MachineStanding aside(Assessment machine, MachineStanding standing) {
        return standing.phase() == EXCUSED && standing.origin() == Origin.POLICY
                ? policies.passedBy(machine, Objects.requireNonNull(view.permit(machine.name())), at)
                : standing;
    }

    private static List<String> names(List<Assessment> machines) {
        return machines.stream().map(Assessment::name).toList();
    }
}

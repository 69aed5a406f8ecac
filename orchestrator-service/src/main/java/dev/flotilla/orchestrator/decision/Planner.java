package dev.flotilla.orchestrator.decision;

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
    private final RolloutView seen;
    private final Foresight foresight;
    private final Instant now;
    private final List<Wave> waves = new ArrayList<>();
    private final Set<String> planned = new HashSet<>();
    /** What was waited for since the last wave. */
    private final SequencedMap<String, MachineStanding> waits = new LinkedHashMap<>();

    private RolloutView view;
    private Instant at;
    private boolean timed = true;
    /** The fault domain that tenants were asked about last. */
    private @Nullable String impact;

    /** The same, where this plan has them asked. */
    private @Nullable String asked;

    private Planner(RolloutView view, Foresight foresight, Instant now) {
        this.seen = view;
        this.foresight = foresight;
        this.now = now;
        this.at = now;
        this.impact = foresight.askings().impact();
        this.view = FutureViews.answered(view);
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
            view = closed(FutureViews.at(view, at));
            List<Assessment> machines = RolloutDecider.assess(view, at);
            Waves turns = new Waves(view, machines, at);
            List<Assessment> turn =
                    machines.stream().filter(machine -> inTurn(turns, machine)).toList();
            note(machines, turns, turn);
            if (turn.isEmpty()) {
                more = wait(machines);
            } else {
                take(machines, turns, turn);
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
            ClaimAnswer claim = seen.claims().get(machine.name());
            if (claim != null && !claim.granted()) {
                waits.putIfAbsent(machine.name(), MachineStanding.refused(WAITING, claim));
            }
        });
    }

    private boolean deferred(Assessment machine) {
        Permit permit = view.permit(machine.name());
        return machine.want() != Want.NOTHING
                && present(machine)
                && permit != null
                && permit.effect() == Effect.DEFER
                && permit.until() != null;
    }

    /** Lets time go on to the next end of a wait; false where nothing more will happen by itself. */
    private boolean wait(List<Assessment> machines) {
        Stream<@Nullable Instant> policies = machines.stream()
                .filter(this::deferred)
                .map(machine ->
                        Objects.requireNonNull(view.permit(machine.name())).until());
        Stream<@Nullable Instant> patience =
                Stream.of(view.course().progressedAt().plus(view.pace().progressDeadline()));
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
        Instant next = Stream.of(policies, patience, pauses, lost)
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .filter(at::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
        at = next == null ? at : next;
        return next != null;
    }

    /** What is mended comes first, unless others are under way. */
    private void take(List<Assessment> machines, Waves turns, List<Assessment> turn) {
        Map<Boolean, List<Assessment>> parts = turn.stream().collect(Collectors.partitioningBy(turns::mending));
        List<Assessment> mended = Objects.requireNonNull(parts.get(true));
        List<Assessment> others = Objects.requireNonNull(parts.get(false));
        boolean underWay = others.stream().anyMatch(machine -> machine.hold() != Hold.NONE);
        Turn taken = new Turn(view, at, turns, mended.isEmpty() || underWay ? others : mended, foresight);
        Wave wave = asked(taken.wave(machines, timed, waits));
        waves.add(wave);
        waits.clear();
        timed &= wave.takes() != null;
        Instant begins = at;
        at = wave.takes() == null ? at : at.plus(wave.takes());
        planned.addAll(wave.machines());
        view = FutureViews.changed(view, Set.copyOf(wave.machines()), taken.mending(), begins, at);
    }

    /** Tenants are told the end of one fault domain's impact, and asked for the start of the next, before its first machine is changed. */
    private Wave asked(Wave wave) {
        String domain = wave.faultDomain();
        List<String> further = wave.machines().stream()
                .filter(machine -> !wave.underWay().contains(machine))
                .toList();
        if (domain == null || further.isEmpty() || domain.equals(asked)) {
            return wave;
        }
        Askings askings = foresight.askings();
        String before = impact;
        Duration end = before == null || before.equals(domain)
                ? Duration.ZERO
                : Askings.longest(
                        askings.ends(),
                        view.machines().stream()
                                .filter(machine -> machine.faultDomain().equals(before))
                                .map(MachineView::name)
                                .toList());
        impact = domain;
        asked = domain;
        boolean known = further.stream().noneMatch(askings.silent()::contains);
        return wave.asking(known ? end.plus(Askings.longest(askings.starts(), further)) : null);
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
                .forEach(machine -> standings.put(machine.name(), orders.standing(machine)));
        return standings;
    }
}

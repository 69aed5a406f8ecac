package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.RUNNING;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Assessment.Hold;
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

    private final PolicyCourse policies;
    private final Foresight foresight;
    private final Instant now;
    private final Impacts impacts;
    private final WaveWaits waits;
    private final List<Wave> waves = new ArrayList<>();
    private final Set<String> planned = new HashSet<>();
    private final Set<String> down;

    private RolloutView view;
    private Instant at;
    private boolean timed = true;

    private Planner(RolloutView view, Foresight foresight, Instant now) {
        this.foresight = foresight;
        this.now = now;
        this.at = now;
        this.impacts = new Impacts(foresight.askings());
        this.view = FutureViews.answered(view);
        this.policies = new PolicyCourse(this.view.permits(), foresight.outlook());
        this.waits = new WaveWaits(view.claims(), policies, now);
        this.down = RolloutDecider.down(view, now);
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
                .filter(PlanMoment::present)
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
            boolean usedUp = view.answers().usedUp() && foresight.places(wereDown()) <= 0;
            view = PlanMoment.view(view, at, policies).withLimit(usedUp);
            PlanMoment moment = new PlanMoment(view, at, policies, planned);
            List<Assessment> turn = moment.turn();
            waits.note(moment, turn);
            Instant next = turn.isEmpty() ? moment.next() : take(moment, turn);
            more = next != null;
            at = next == null ? at : next;
        }
        SequencedMap<String, MachineStanding> others = new PlanMoment(view, at, policies, planned).others();
        int all = others.size();
        others.values().removeIf(standing -> standing.phase() == RUNNING);
        return new Plan(all - others.size(), List.copyOf(waves), others);
    }

    /** What is mended comes first, unless others are under way. Answers when it goes on; null where nothing more will happen by itself. */
    private @Nullable Instant take(PlanMoment moment, List<Assessment> turn) {
        Waves turns = moment.turns();
        Map<Boolean, List<Assessment>> parts = turn.stream().collect(Collectors.partitioningBy(turns::mending));
        List<Assessment> mended = Objects.requireNonNull(parts.get(true));
        List<Assessment> others = Objects.requireNonNull(parts.get(false));
        boolean underWay = others.stream().anyMatch(machine -> machine.hold() != Hold.NONE);
        List<Assessment> next = mended.isEmpty() || underWay ? others : mended;
        Turn taken = new Turn(view, at, turns, next, foresight, foresight.places(wereDown()));
        Instant free = disrupted(taken);
        if (free != null) {
            return moment.first(Stream.of(free));
        }
        Duration asking = Objects.requireNonNullElse(
                impacts.ahead(view, taken.faultDomain(), names(taken.further())), Duration.ZERO);
        SequencedMap<String, MachineStanding> late = new LinkedHashMap<>();
        Wave wave = taken.wave(
                moment.machines(), timed, (machine, wait) -> inTime(machine, asking.plus(wait), late), waits.noted());
        if (wave.machines().isEmpty()) {
            waits.late(late);
            return moment.first(taken.further().stream().map(machine -> policies.next(machine, at)));
        }
        wave = asked(waits.of(wave));
        waves.add(wave);
        waits.taken(late);
        timed &= wave.takes() != null;
        Instant ends = wave.takes() == null ? at : at.plus(wave.takes());
        planned.addAll(wave.machines());
        view = FutureViews.changed(view, Set.copyOf(wave.machines()), turns, taken.mending(), at, ends);
        return ends;
    }

    /** How many machines of the waves so far were down. */
    private int wereDown() {
        return (int) planned.stream().filter(down::contains).count();
    }

    /** Notes which work of others in another fault domain it waits for; answers until when, null where it need not, or where nobody knows. */
    private @Nullable Instant disrupted(Turn turn) {
        List<Disruption> others = foresight.disrupting(turn.faultDomain(), at, at.equals(now));
        others.forEach(other -> names(turn.further()).forEach(machine -> waits.note(machine, other.standing())));
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

    private static List<String> names(List<Assessment> machines) {
        return machines.stream().map(Assessment::name).toList();
    }
}

package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.EXCUSED;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A moment of a plan: the world as it will be then, and the machines that are in waves already. */
final class PlanMoment {
    private static final Duration TICK = Duration.ofMillis(1);

    private final RolloutView view;
    private final Instant at;
    private final PolicyCourse policies;
    private final Set<String> planned;
    private final List<Assessment> machines;
    private final Waves turns;

    PlanMoment(RolloutView view, Instant at, PolicyCourse policies, Set<String> planned) {
        this.view = view;
        this.at = at;
        this.policies = policies;
        this.planned = planned;
        this.machines = RolloutDecider.assess(view, at);
        this.turns = new Waves(view, machines, at);
    }

    /** The view of that moment: policies say what they will say then, and the repairs of machines that are done are closed. */
    static RolloutView view(RolloutView before, Instant at, PolicyCourse policies) {
        RolloutView view = policies.at(before, at);
        Set<String> over = RolloutDecider.assess(view, at).stream()
                .filter(machine -> machine.repair() != null && !Waves.slot(view, machine))
                .map(Assessment::name)
                .collect(Collectors.toSet());
        return over.isEmpty() ? view : FutureViews.closed(view, over);
    }

    RolloutView view() {
        return view;
    }

    Instant at() {
        return at;
    }

    List<Assessment> machines() {
        return machines;
    }

    Waves turns() {
        return turns;
    }

    static boolean present(Assessment machine) {
        Sight sight = machine.machine().sight();
        return machine.effective() && sight != null && !sight.lost();
    }

    /** The machines whose turn it is. */
    List<Assessment> turn() {
        return further().filter(this::inTurn).toList();
    }

    private Stream<Assessment> further() {
        return machines.stream().filter(machine -> !planned.contains(machine.name()));
    }

    private boolean inTurn(Assessment machine) {
        if (!present(machine)) {
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

    /** Those that are in no wave yet and whose deferral ends. */
    List<Assessment> deferred() {
        return further().filter(this::deferred).toList();
    }

    /** Those that are in no wave yet and that all others wait for. */
    List<Assessment> awaited() {
        return further()
                .filter(machine -> turns.holds(machine) && turns.refusal(machine) == null)
                .toList();
    }

    private boolean deferred(Assessment machine) {
        return refused(machine, Effect.DEFER) && policies.next(machine, at) != null;
    }

    private boolean refused(Assessment machine, Effect effect) {
        Permit permit = view.permit(machine.name());
        return machine.want() != Want.NOTHING && present(machine) && permit != null && permit.effect() == effect;
    }

    /** The next end of a wait; null where nothing more will happen by itself. */
    @Nullable
    Instant next() {
        // Nobody waits for what is denied: it comes in where others are waited for until that is over.
        boolean awaited = machines.stream().anyMatch(this::deferred);
        Stream<@Nullable Instant> words = further()
                .filter(machine -> awaited)
                .filter(machine -> refused(machine, Effect.DEFER) || refused(machine, Effect.DENY))
                .map(machine -> policies.next(machine, at));
        Stream<@Nullable Instant> patience = Stream.of(view.progressDeadline());
        Stream<@Nullable Instant> pauses = further()
                .filter(machine -> machine.machine().order() == null
                        || !machine.machine().order().state().open())
                .map(machine -> machine.standing().until());
        Stream<@Nullable Instant> lost = machines.stream()
                .filter(machine -> machine.inFlight() && !present(machine))
                .map(machine -> Objects.requireNonNull(machine.machine().order())
                        .deadline()
                        .plus(TICK));
        return first(Stream.of(words, patience, pauses, lost).flatMap(each -> each));
    }

    /** The first of these that is still to come; null where none is. */
    @Nullable
    Instant first(Stream<@Nullable Instant> ends) {
        return ends.filter(Objects::nonNull)
                .filter(at::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Where the machines stand that are in no wave. */
    SequencedMap<String, MachineStanding> others() {
        String halt = view.state() == DeploymentState.HALTED
                ? String.valueOf(view.course().reason())
                : null;
        Orders orders = new Orders(view, at, machines, turns, halt);
        SequencedMap<String, MachineStanding> standings = new LinkedHashMap<>();
        further().forEach(machine -> standings.put(machine.name(), aside(machine, orders.standing(machine))));
        return standings;
    }

    private MachineStanding aside(Assessment machine, MachineStanding standing) {
        return standing.phase() == EXCUSED && standing.origin() == Origin.POLICY
                ? policies.passedBy(machine, Objects.requireNonNull(view.permit(machine.name())), at)
                : standing;
    }
}

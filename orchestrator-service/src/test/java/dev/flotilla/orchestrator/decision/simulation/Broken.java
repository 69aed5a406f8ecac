package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Deciders with a rule taken away: the real one, which is shown something else than there is, or whose decisions are changed. */
final class Broken {
    private Broken() {}

    static Brain seeing(UnaryOperator<RolloutView> doctored) {
        return (view, now) -> RolloutDecider.decide(doctored.apply(view), now);
    }

    static Brain limits(UnaryOperator<Limits> careless) {
        return seeing(view -> new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                view.course(),
                careless.apply(view.limits()),
                view.pace(),
                view.machines(),
                view.elsewhere(),
                view.answers(),
                view.obstacles(),
                view.registrySince()));
    }

    static Brain course(UnaryOperator<Course> forgetful) {
        return seeing(view -> permitted(new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                forgetful.apply(view.course()),
                view.limits(),
                view.pace(),
                view.machines(),
                view.elsewhere(),
                view.answers(),
                view.obstacles(),
                view.registrySince())));
    }

    static Brain machines(UnaryOperator<MachineView> blind) {
        return seeing(view -> permitted(new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                new Course(
                        view.state(),
                        view.course().reason(),
                        null,
                        view.course().progressedAt(),
                        view.course().promotedAt()),
                view.limits(),
                view.pace(),
                view.machines().stream().map(blind).toList(),
                view.elsewhere(),
                view.answers(),
                view.obstacles(),
                view.registrySince())));
    }

    /** Those that were not asked about are permitted; those that were keep their answers. */
    private static RolloutView permitted(RolloutView view) {
        Map<String, Permit> all = new HashMap<>();
        view.machines().forEach(machine -> all.put(machine.name(), Permit.ALLOWED));
        all.putAll(view.permits());
        return view.withPermits(all);
    }

    static Brain withoutPermits() {
        return seeing(view -> {
            Map<String, Permit> all = new HashMap<>();
            view.machines().forEach(machine -> all.put(machine.name(), Permit.ALLOWED));
            return view.withPermits(all);
        });
    }

    /** What an override permits is permitted as anything else is. */
    static Brain withoutOverrides() {
        return seeing(view -> {
            Map<String, Permit> all = new HashMap<>(view.permits());
            all.replaceAll((machine, permit) -> permit.kind() == Kind.OVERRIDE ? Permit.ALLOWED : permit);
            return view.withPermits(all);
        });
    }

    static Brain withoutClaims() {
        return seeing(view -> {
            Map<String, ClaimAnswer> all = new HashMap<>();
            view.machines().forEach(machine -> all.put(machine.name(), ClaimAnswer.granted("r")));
            return view.withClaims(all);
        });
    }

    static Brain withoutStrays() {
        return seeing(view -> view.answers().strays().isEmpty() ? view : view.withHeld(Map.of(), List.of()));
    }

    static Brain sending(UnaryOperator<Action.Send> change) {
        return (view, now) -> {
            Decision decision = RolloutDecider.decide(view, now);
            return with(
                    decision,
                    decision.actions().stream()
                            .map(action -> action instanceof Action.Send send ? change.apply(send) : action)
                            .toList());
        };
    }

    static Brain without(Predicate<Action> left) {
        return (view, now) -> {
            Decision decision = RolloutDecider.decide(view, now);
            return with(
                    decision, decision.actions().stream().filter(left.negate()).toList());
        };
    }

    /** Bytes that came after their order had lapsed are waited for no more. */
    static Brain forgettingFetched() {
        return (view, now) -> {
            Set<String> fetched = view.machines().stream()
                    .filter(Broken::fetched)
                    .map(MachineView::name)
                    .collect(Collectors.toSet());
            Decision decision = RolloutDecider.decide(view, now);
            return with(
                    decision,
                    decision.actions().stream()
                            .filter(action -> !(action instanceof Action.Send send && fetched.contains(send.machine())))
                            .toList());
        };
    }

    private static boolean fetched(MachineView machine) {
        return machine.sight() != null
                && machine.sight().running() != null
                && machine.sight().running().order() != null
                && machine.sight().running().order().phase() == OrderPhase.FETCHED;
    }

    /** Each machine is asked for twice, as where its repair is renewed and its order sent again. */
    static Brain askingTwice() {
        return (view, now) -> {
            Decision decision = RolloutDecider.decide(view, now);
            List<Wish> twice = new ArrayList<>(decision.wishes());
            decision.wishes().stream()
                    .filter(wish -> view.machines().stream().anyMatch(machine -> resent(machine, wish)))
                    .forEach(twice::add);
            return new Decision(
                    decision.actions(),
                    decision.standings(),
                    decision.counts(),
                    decision.state(),
                    decision.reason(),
                    twice,
                    decision.progressed(),
                    decision.over(),
                    decision.nextLook(),
                    decision.open());
        };
    }

    private static boolean resent(MachineView machine, Wish wish) {
        OrderRecord order = machine.order();
        return machine.name().equals(wish.machine()) && order != null && order.failures() > 0;
    }

    static Brain explaining(UnaryOperator<MachineStanding> change) {
        return (view, now) -> {
            Decision decision = RolloutDecider.decide(view, now);
            SequencedMap<String, MachineStanding> standings = new LinkedHashMap<>();
            decision.standings().forEach((machine, standing) -> standings.put(machine, change.apply(standing)));
            return new Decision(
                    decision.actions(),
                    standings,
                    decision.counts(),
                    decision.state(),
                    decision.reason(),
                    decision.wishes(),
                    decision.progressed(),
                    decision.over(),
                    decision.nextLook(),
                    decision.open());
        };
    }

    private static Decision with(Decision decision, List<Action> actions) {
        return new Decision(
                actions,
                decision.standings(),
                decision.counts(),
                decision.state(),
                decision.reason(),
                decision.wishes(),
                decision.progressed(),
                decision.over(),
                decision.nextLook(),
                decision.open());
    }
}

package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views as they will be: the world of one view, further on. */
final class FutureViews {
    private FutureViews() {}

    /** As after a resume where it is halted; else as it is. */
    static RolloutView resumed(RolloutView view, Instant now) {
        return switch (view.state()) {
            case HALTED -> goneOn(view, now);
            case SUPERSEDED -> with(view, course(view, view.course().progressedAt()), view.machines(), view.answers());
            case ROLLING_OUT, COMPLETE, ABORTED -> view;
        };
    }

    /** As if it had not been stopped, or was resumed now: a person may also declare anew what was ended. */
    static RolloutView goneOn(RolloutView view, Instant now) {
        List<MachineView> machines = view.machines().stream()
                .map(machine -> triedAfresh(machine, now))
                .toList();
        return with(view, course(view, now), machines, view.answers());
    }

    /** Where all that could be asked answered, and grants what can be granted. */
    static RolloutView answered(RolloutView view) {
        Map<String, Permit> permits = new HashMap<>(view.permits());
        Map<String, ClaimAnswer> claims = new HashMap<>();
        view.machines().forEach(machine -> {
            permits.putIfAbsent(machine.name(), Permit.ALLOWED);
            ClaimAnswer claim = view.claims().get(machine.name());
            claims.put(
                    machine.name(),
                    claim != null && claim.passedBy() ? claim : ClaimAnswer.granted("of " + machine.name()));
        });
        RolloutView seen = new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                view.course(),
                view.limits(),
                view.pace(),
                view.machines().stream().sorted(RolloutOrder.MACHINES).toList(),
                view.elsewhere(),
                new Answers(permits, claims).withLimit(view.answers().usedUp()),
                List.of(),
                view.registrySince());
        return seen;
    }

    /** With what policies will say at a moment to come. */
    static RolloutView at(RolloutView view, Map<String, Permit> seen, Outlook outlook, Instant moment) {
        Map<String, Permit> permits = new HashMap<>(seen);
        permits.replaceAll((machine, permit) -> outlook.at(machine, permit, moment));
        return permits.equals(view.permits()) ? view : view.withPermits(permits);
    }

    /** Without the repairs of these machines, which are closed. */
    static RolloutView closed(RolloutView view, Set<String> machines) {
        return with(
                view,
                view.course(),
                view.machines().stream()
                        .map(machine ->
                                machines.contains(machine.name()) ? with(machine, closed(machine.order())) : machine)
                        .toList(),
                view.answers());
    }

    /** When the machines run the version and have proved themselves. */
    static RolloutView changed(
            RolloutView view, Set<String> machines, Waves turns, boolean mending, Instant begun, Instant done) {
        Course course = view.course();
        return with(
                view,
                new Course(course.state(), course.reason(), course.replaced(), done, course.promotedAt()),
                view.machines().stream()
                        .map(machine -> machines.contains(machine.name())
                                ? changed(view, machine, mending, turns.outOfTurn(machine.name()), begun, done)
                                : machine)
                        .toList(),
                view.answers());
    }

    private static MachineView changed(
            RolloutView view, MachineView machine, boolean mending, boolean outOfTurn, Instant begun, Instant done) {
        int attempt = machine.order() == null ? 1 : machine.order().attempt() + 1;
        String id = OrderIds.of(view.rollout(), machine.name(), attempt);
        OrderRecord order = new OrderRecord(
                machine.name(), attempt, id, OrderState.DONE, 0, 1, begun, done, done, mending, outOfTurn, null, null);
        Goal goal = view.goal();
        RunningService running = new RunningService(
                machine.name(), goal.service(), goal.version(), RunState.RUNNING, goal.sha256(), 0, done, null, done);
        return new MachineView(
                machine.name(),
                machine.faultDomain(),
                machine.supersededBy(),
                machine.gone(),
                new Sight(done, false, running),
                order);
    }

    private static MachineView triedAfresh(MachineView machine, Instant now) {
        OrderRecord order = machine.order();
        return order == null || order.state() != OrderState.FAILED
                ? machine
                : with(machine, order.with(OrderState.FAILED, 0, now, order.problem()));
    }

    private static @Nullable OrderRecord closed(@Nullable OrderRecord order) {
        return order == null ? null : order.withoutRepair();
    }

    private static Course course(RolloutView view, Instant progressedAt) {
        Course course = view.course();
        return new Course(DeploymentState.ROLLING_OUT, null, course.replaced(), progressedAt, course.promotedAt());
    }

    private static MachineView with(MachineView machine, @Nullable OrderRecord order) {
        return new MachineView(
                machine.name(), machine.faultDomain(), machine.supersededBy(), machine.gone(), machine.sight(), order);
    }

    private static RolloutView with(RolloutView view, Course course, List<MachineView> machines, Answers answers) {
        return new RolloutView(
                view.rollout(),
                view.group(),
                view.goal(),
                course,
                view.limits(),
                view.pace(),
                machines,
                view.elsewhere(),
                answers,
                view.obstacles(),
                view.registrySince());
    }
}

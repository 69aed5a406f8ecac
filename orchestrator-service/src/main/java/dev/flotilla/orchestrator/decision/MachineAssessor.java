package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.EXCUSED;
import static dev.flotilla.api.orchestrator.MachinePhase.FAILED;
import static dev.flotilla.api.orchestrator.MachinePhase.FETCHING;
import static dev.flotilla.api.orchestrator.MachinePhase.RUNNING;
import static dev.flotilla.api.orchestrator.MachinePhase.SUPERSEDED;
import static dev.flotilla.api.orchestrator.MachinePhase.SWITCHING;
import static dev.flotilla.api.orchestrator.MachinePhase.WAITING;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Assessment.Hold;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Judges one machine by itself: what it runs against what it should run, and how its latest order fares. */
final class MachineAssessor {
    private final RolloutView view;
    private final Instant now;

    MachineAssessor(RolloutView view, Instant now) {
        this.view = view;
        this.now = now;
    }

    Assessment assess(MachineView machine) {
        if (machine.supersededBy() != null) {
            return superseded(machine, machine.supersededBy());
        }
        if (machine.gone() != null) {
            return gone(machine, machine.gone());
        }
        Sight sight = machine.sight();
        if (sight == null) {
            return view.registrySince() == null
                    ? waiting(
                            machine, Rule.REGISTRY, "what it runs is not known: the registry can't be read", Hold.PROOF)
                    : waiting(machine, Rule.NEVER_REPORTED, "it has never reported to the registry", Hold.NONE);
        }
        return sight.lost() ? lost(machine, sight) : heardOf(machine, sight.running());
    }

    /** Where device-manager still knows it, elsewhere: what was ordered while it was here may still change it. */
    private Assessment gone(MachineView machine, String where) {
        boolean known = !machine.faultDomain().isEmpty();
        MachineStanding standing = MachineStanding.of(EXCUSED, Rule.GONE, where);
        return new Assessment(
                machine, standing, null, Want.NOTHING, known && inFlight(machine) ? Hold.ORDER : Hold.NONE, false);
    }

    private Assessment superseded(MachineView machine, String by) {
        MachineStanding standing =
                MachineStanding.of(SUPERSEDED, Rule.SUPERSEDED, "the newer deployment " + by + " has taken it over");
        return new Assessment(machine, standing, null, Want.NOTHING, inFlight(machine) ? Hold.ORDER : Hold.NONE, false);
    }

    /** An order from here counts until it has come to an end, or a newer one has taken its place. */
    private boolean inFlight(MachineView machine) {
        OrderRecord order = machine.order();
        Sight sight = machine.sight();
        OrderProgress reported = sight == null || sight.running() == null
                ? null
                : sight.running().order();
        boolean replaced = reported != null
                && OrderIds.isNewer(reported.orderId(), view.goal().revision());
        return order != null
                && order.state().open()
                && !replaced
                && (order.mayEndWell(now, view.pace().inTransit()) || switchingFor(order, reported))
                && !(reported != null && reported.orderId().equals(order.orderId()) && !inProgress(reported));
    }

    private static boolean switchingFor(OrderRecord order, @Nullable OrderProgress reported) {
        return reported != null
                && reported.orderId().equals(order.orderId())
                && reported.phase() == OrderPhase.SWITCHING;
    }

    /** @param begun why a machine that is being changed, and has no open order, keeps its place: an orchestrator that has just begun forgets no proof */
    private Assessment waiting(MachineView machine, Rule rule, String reason, Hold begun) {
        OrderRecord order = machine.order();
        boolean open = order != null && order.state().open();
        boolean held = order != null && order.repair() != null;
        return new Assessment(
                machine,
                MachineStanding.of(WAITING, rule, reason),
                null,
                Want.NOTHING,
                open ? Hold.ORDER : held ? begun : Hold.NONE,
                false);
    }

    /** It is waited for as long as its order may take; then the others go on without it, and it is mended when it is back. */
    private Assessment lost(MachineView machine, Sight sight) {
        OrderRecord order = machine.order();
        boolean open = order != null && order.state().open();
        boolean awaited =
                order != null && open && order.mayEndWell(now, view.pace().inTransit());
        Action.OnMachine suspend = order != null && open && order.state() != OrderState.SUSPENDED
                ? new Action.Suspend(machine.name(), order.orderId())
                : null;
        RunningService running = sight.running();
        String last = running == null || running.version() == null ? "" : "; then it ran " + running.version();
        return new Assessment(
                machine,
                MachineStanding.of(
                        awaited ? WAITING : EXCUSED,
                        Rule.LOST,
                        "not heard of since shortly before " + sight.lastSeen() + last
                                + (awaited ? "" : "; it is brought to the version when it is back")),
                suspend,
                Want.NOTHING,
                awaited ? Hold.ORDER : Hold.NONE,
                true);
    }

    private Assessment heardOf(MachineView machine, @Nullable RunningService running) {
        OrderRecord order = machine.order();
        if (running != null
                && view.goal().is(running)
                && running.state() == RunState.RUNNING
                && !inProgress(running)
                && !outdated(order, running)) {
            Action.OnMachine settle = order != null && order.state() != OrderState.DONE
                    ? new Action.Settle(machine.name(), order.orderId())
                    : null;
            Instant proven = provenAt(order, running);
            return new Assessment(
                    machine,
                    proven == null
                            ? MachineStanding.of(
                                    RUNNING, Rule.RUNNING, "runs " + view.goal().version())
                            : MachineStanding.until(
                                    RUNNING,
                                    Rule.PROVING,
                                    "runs " + view.goal().version() + " since " + running.changedAt()
                                            + " and must stay healthy for "
                                            + Spans.words(view.limits().minHealthyTime()),
                                    proven),
                    settle,
                    Want.NOTHING,
                    proven == null ? Hold.NONE : Hold.PROOF,
                    false);
        }
        if (order != null && order.state().open()) {
            return new OpenOrder(view, now, machine, order, running).assess();
        }
        if (running != null && keptUpByItsAgent(running)) {
            return restarting(machine, running);
        }
        return behind(machine, running);
    }

    /** True where the registry was heard before the order was given, for a reason that is not seen in this: the order may be under way. */
    private static boolean outdated(@Nullable OrderRecord order, RunningService running) {
        OrderProgress progress = running.order();
        return order != null
                && order.state().open()
                && running.changedAt().isBefore(order.orderedAt())
                && !(progress != null && progress.orderId().equals(order.orderId()));
    }

    /** True where the registry was heard before the end of an order, which somebody who heard more has written down. */
    private boolean before(OrderRecord order, RunningService running) {
        OrderProgress progress = running.order();
        boolean underWay = progress != null && progress.orderId().equals(order.orderId()) && inProgress(progress);
        return order.state() == OrderState.DONE
                && (underWay || running.changedAt().isBefore(order.orderedAt()))
                && now.isBefore(order.deadline());
    }

    /** When the machine has been healthy for long enough after its change; null where that is so, or where it was not changed just now. */
    private @Nullable Instant provenAt(@Nullable OrderRecord order, RunningService running) {
        if (order == null || order.repair() == null) {
            return null;
        }
        Instant promoted = view.course().promotedAt();
        Instant proven = running.changedAt().plus(view.limits().minHealthyTime());
        boolean enough = !now.isBefore(proven)
                || promoted != null && !promoted.isBefore(order.orderedAt())
                || view.state() != DeploymentState.ROLLING_OUT && view.state() != DeploymentState.HALTED;
        return enough ? null : proven;
    }

    /** The agent itself starts a crashed service again; another order would not help. */
    private boolean keptUpByItsAgent(RunningService running) {
        OrderProgress progress = running.order();
        return view.goal().is(running)
                && (running.state() == RunState.CRASHED || running.state() == RunState.STARTING)
                && (progress == null || progress.phase() != OrderPhase.FAILED);
    }

    private Assessment restarting(MachineView machine, RunningService running) {
        boolean loops = running.state() == RunState.CRASHED
                && running.restarts() >= view.limits().maxAttempts();
        String what = running.version() + (running.state() == RunState.CRASHED ? " crashed" : " is starting") + ", "
                + running.restarts() + " restarts so far; its agent keeps it up";
        MachineStanding standing = loops
                ? MachineStanding.of(FAILED, Rule.CRASH_LOOP, what)
                : MachineStanding.of(WAITING, Rule.RESTARTING, what);
        OrderRecord order = machine.order();
        boolean proving = !loops && order != null && order.repair() != null;
        // That it was given up is written down, so that it is noticed if it comes up after all.
        Action.OnMachine note = loops && order != null && order.state() == OrderState.DONE
                ? new Action.Fail(machine.name(), order.orderId(), view.limits().maxAttempts(), what, order.nextAt())
                : null;
        return new Assessment(machine, standing, note, Want.NOTHING, proving ? Hold.PROOF : Hold.NONE, true);
    }

    /** It does not run the version, and no order is under way. */
    private Assessment behind(MachineView machine, @Nullable RunningService running) {
        OrderRecord order = machine.order();
        if (order != null && running != null && before(order, running)) {
            String reason =
                    "it was brought to " + view.goal().version() + ", and what it runs since is not heard here yet";
            return waiting(machine, Rule.REGISTRY, reason, Hold.PROOF);
        }
        boolean unavailable = running != null && (machine.fetching() == null ? unavailable(running) : unwell(running));
        if (order == null) {
            return wanting(machine, MachineStanding.of(WAITING, Rule.ORDERED, "its turn has come"), unavailable);
        }
        return switch (order.state()) {
            case FAILED -> afterFailure(machine, order, unavailable);
            case DONE -> fellBack(machine, order, running, unavailable);
            case PENDING, ACCEPTED, REFUSED, SUSPENDED, AHEAD ->
                throw new IllegalStateException(order + " is open, or was given ahead of time");
        };
    }

    private Assessment afterFailure(MachineView machine, OrderRecord order, boolean unavailable) {
        MachineStanding standing =
                failedStanding(view, order.failures(), String.valueOf(order.problem()), order.nextAt());
        boolean retried = standing.until() != null && !now.isBefore(order.nextAt());
        Hold hold = standing.phase() == WAITING ? Hold.RETRY : Hold.NONE;
        return new Assessment(machine, standing, null, retried ? Want.ORDER : Want.NOTHING, hold, unavailable);
    }

    private Assessment fellBack(
            MachineView machine, OrderRecord order, @Nullable RunningService running, boolean unavailable) {
        String now = running == null || running.version() == null ? "nothing of it" : running.version();
        Instant next = order.orderedAt().plus(view.pace().retryFirst());
        MachineStanding standing = MachineStanding.until(
                WAITING, Rule.MENDING_PACE, "it ran " + view.goal().version() + " before and now runs " + now, next);
        return this.now.isBefore(next)
                ? new Assessment(machine, standing, null, Want.NOTHING, Hold.NONE, unavailable)
                : wanting(machine, standing, unavailable);
    }

    private static Assessment wanting(MachineView machine, MachineStanding standing, boolean unavailable) {
        return new Assessment(machine, standing, null, Want.ORDER, Hold.NONE, unavailable);
    }

    static boolean inProgress(RunningService running) {
        OrderProgress progress = running.order();
        return progress != null && inProgress(progress);
    }

    private static boolean inProgress(OrderProgress progress) {
        return switch (progress.phase()) {
            case ACCEPTED, FETCHING, SWITCHING -> true;
            case FETCHED, DONE, FAILED -> false;
        };
    }

    static boolean unavailable(RunningService running) {
        return inProgress(running) || unwell(running);
    }

    private static boolean unwell(RunningService running) {
        return switch (running.state()) {
            case CRASHED, STARTING -> true;
            case RUNNING, STOPPED -> false;
        };
    }

    /** A complete rollout keeps its goal for ever and so never sets a machine aside for good. */
    static MachineStanding failedStanding(RolloutView view, int failures, String problem, Instant retryAt) {
        int most = view.limits().maxAttempts();
        if (failures < most) {
            return MachineStanding.until(
                    WAITING,
                    Rule.RETRY_BACKOFF,
                    "attempt " + failures + " of " + most + " failed: " + problem,
                    retryAt);
        }
        String reason = (failures == 1 ? "failed once: " : "failed " + failures + " times, last: ") + problem;
        return view.state() == DeploymentState.COMPLETE
                ? MachineStanding.until(FAILED, Rule.SET_ASIDE, reason, retryAt)
                : MachineStanding.of(FAILED, Rule.SET_ASIDE, reason);
    }

    static MachineStanding progressing(OrderPhase phase, String reason) {
        return MachineStanding.of(phase == OrderPhase.SWITCHING ? SWITCHING : FETCHING, Rule.IN_PROGRESS, reason);
    }
}

package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.WAITING;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Assessment.Hold;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Judges a machine that has an open order and does not run the version yet. */
record OpenOrder(
        RolloutView view,
        Instant now,
        MachineView machine,
        OrderRecord order,
        @Nullable RunningService running) {

    Assessment assess() {
        OrderProgress progress = reported();
        if (order.state() == OrderState.REFUSED) {
            return failed("the agent refused the order: " + order.problem());
        }
        if (progress != null && progress.phase() == OrderPhase.FAILED) {
            return failed(progress.reason() == null ? "the agent gave no reason" : progress.reason());
        }
        if (progress != null && progress.phase() == OrderPhase.DONE) {
            return done();
        }
        if (progress != null && progress.phase() == OrderPhase.FETCHED) {
            return fetched();
        }
        if (order.state() == OrderState.SUSPENDED) {
            return back(progress != null);
        }
        if (overdue()) {
            return failed("no end of the order since " + order.orderedAt()
                    + (progress != null
                            ? "; the agent is at " + progress.phase()
                            : order.problem() == null ? "" : "; " + order.problem()));
        }
        if (progress != null) {
            return open(
                    MachineAssessor.progressing(progress.phase(), "the agent is at it since " + order.orderedAt()),
                    false);
        }
        return order.state() == OrderState.ACCEPTED
                ? open(MachineAssessor.progressing(OrderPhase.ACCEPTED, "the agent has the order"), false)
                : unanswered();
    }

    /** What the agent reports of this very order; null where it reports none or another. */
    private @Nullable OrderProgress reported() {
        OrderProgress progress = running == null ? null : running.order();
        return progress != null && progress.orderId().equals(order.orderId()) ? progress : null;
    }

    /** A silence counts only while the registry is heard without a break. */
    private boolean overdue() {
        Instant since = view.registrySince();
        return since != null
                && !order.mayEndWell(now, view.pace().inTransit())
                && now.isAfter(since.plus(view.pace().grace()));
    }

    private Assessment done() {
        if (running != null && view.goal().is(running) && MachineAssessor.unavailable(running)) {
            return new Assessment(
                    machine,
                    MachineStanding.of(
                            WAITING,
                            Rule.RESTARTING,
                            running.version() + " was up and is not now; its agent keeps it up"),
                    new Action.Settle(machine.name(), order.orderId()),
                    Want.NOTHING,
                    order.repair() == null ? Hold.NONE : Hold.PROOF,
                    true);
        }
        return failed("the agent called the order done, but "
                + (running == null || running.version() == null ? "nothing runs" : "it runs " + running.version())
                + (running != null && view.goal().version().equals(running.version())
                        ? " with other bytes, or stopped"
                        : ""));
    }

    /**
     * The order can change the machine no more, so it is not in flight. A fresh one under an id of its own comes at once, where the rules permit
     * it; not sooner after the one before than an attempt after a failed one, so that a machine whose clock is wrong gets no flood of them.
     */
    private Assessment fetched() {
        Instant next = order.orderedAt().plus(view.pace().retryFirst());
        MachineStanding standing = MachineStanding.until(
                WAITING,
                Rule.FETCHED,
                view.goal().version() + " is fetched, and the order to switch to it lapsed before it was there",
                next);
        return new Assessment(
                machine,
                standing,
                null,
                now.isBefore(next) ? Want.NOTHING : Want.ORDER,
                Hold.FETCHED,
                running != null && MachineAssessor.unavailable(running));
    }

    private Assessment unanswered() {
        String reason =
                order.problem() == null ? "the order is on its way" : "the agent did not answer: " + order.problem();
        MachineStanding standing = MachineStanding.until(WAITING, Rule.UNANSWERED, reason, order.nextAt());
        return open(standing, !now.isBefore(order.nextAt()) && !now.isAfter(order.deadline()));
    }

    /** An order that the agent does not know after all, and whose time is over, holds nobody up any more. */
    private Assessment back(boolean atIt) {
        return new Assessment(
                machine,
                MachineStanding.of(WAITING, Rule.UNANSWERED, "it was lost and is back: the order is sent again"),
                null,
                Want.RESEND,
                atIt || !now.isAfter(order.deadline()) ? Hold.ORDER : Hold.NONE,
                running != null && MachineAssessor.unavailable(running));
    }

    private Assessment open(MachineStanding standing, boolean resend) {
        return new Assessment(
                machine,
                standing,
                null,
                resend ? Want.RESEND : Want.NOTHING,
                Hold.ORDER,
                running != null && MachineAssessor.unavailable(running));
    }

    private Assessment failed(String reason) {
        int failures = order.failures() + 1;
        Instant retryAt = now.plus(
                Backoff.after(failures, view.pace().retryFirst(), view.pace().retryMost(), order.orderId()));
        MachineStanding standing = MachineAssessor.failedStanding(view, failures, reason, retryAt);
        return new Assessment(
                machine,
                standing,
                new Action.Fail(machine.name(), order.orderId(), failures, reason, retryAt),
                Want.NOTHING,
                standing.phase() == MachinePhase.WAITING ? Hold.RETRY : Hold.NONE,
                running != null && MachineAssessor.unavailable(running));
    }
}

package dev.flotilla.orchestrator.act;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.consultation.Consultation;
import dev.flotilla.orchestrator.consultation.Memory;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.rollout.Ledger;
import dev.flotilla.orchestrator.rollout.OrderBook;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at one rollout once: observes, decides, writes the decision down, sends its orders. */
@Component
class RolloutTick {
    /** When to look again. */
    sealed interface Next {
        record At(Instant when) implements Next {}

        /** @param epoch of the last decision, after which nothing is due as long as nobody else writes */
        record Never(long epoch) implements Next {}

        /** The rollout is not known any more. */
        record Gone() implements Next {}
    }

    /** Where decisions are read from and written to. */
    @Component
    record Books(Rollouts rollouts, Ledger ledger, OrderBook orders, Memory memory) {}

    /** How the outside is changed. */
    @Component
    record Hands(Consents consents, TenantQuestions tenants, RepairClaims repairs, OrderSender sender) {}

    private static final Logger log = LoggerFactory.getLogger(RolloutTick.class);
    private final Books books;
    private final RolloutObserver observer;
    private final Hands hands;
    private final Rhythm rhythm;
    private final InstantSource time;

    RolloutTick(Books books, RolloutObserver observer, Hands hands, Rhythm rhythm, InstantSource time) {
        this.books = books;
        this.observer = observer;
        this.hands = hands;
        this.rhythm = rhythm;
        this.time = time;
    }

    Next look(String id) {
        Instant now = time.instant();
        Optional<Instant> calm = rhythm.calm(id, now);
        return calm.isPresent() ? new Next.At(calm.get()) : anew(id, now, false);
    }

    /** @param again true where the look before this one was overtaken */
    private Next anew(String id, Instant now, boolean again) {
        Optional<Rollout> found = books.rollouts().find(id);
        if (found.isEmpty()) {
            forget(id);
            return new Next.Gone();
        }
        Rollout rollout = found.get();
        Calm.Basis basis = rhythm.basis(rollout, now);
        Observation observed = observer.watch(rollout, now);
        Consultation asked = hands.consents().ask(observed, now);
        Decision decision = unheard(observed) ? asked.decision().counting(rollout.counts()) : asked.decision();
        if (unseen(observed)) {
            return new Next.At(rhythm.soon(now));
        }
        if (asked.outdated(time.instant())) {
            log.info("{}: asking its tenants and claiming took too long; looking again", id);
            return overtaken(id, now, again);
        }
        Optional<Long> epoch = books.ledger()
                .write(
                        rollout,
                        observed.orders(),
                        decision,
                        asked.view().answers().refusals(),
                        now);
        if (epoch.isEmpty() || epoch.get() == rollout.epoch() && claimedInVain(asked, rollout)) {
            log.info("{}: someone else has written in the meantime; looking again", id);
            return overtaken(id, now, again);
        }
        boolean overtaken = books.memory().overtaken().contains(id);
        if (asked.foundNoStrays()) {
            books.memory().overtaken().remove(id);
        }
        tell(rollout, decision);
        close(rollout, asked, epoch.get());
        List<Action.Send> orders = decision.orders();
        if (!orders.isEmpty()) {
            books.orders().note(id, epoch.get(), hands.sender().send(observed, orders, epoch.get()));
        }
        hands.repairs().withdraw(rollout, decision.state(), overtaken);
        // While an order may still be taken its tenant waits for what comes of it.
        boolean ended = decision.state() == DeploymentState.COMPLETE || decision.over();
        boolean told = !ended || hands.tenants().finished(observed, decision.state(), now);
        if (decision.over() && told && !books.memory().overtaken().contains(id)) {
            forget(id);
            return new Next.Never(epoch.get());
        }
        boolean nothing = decision.actions().isEmpty() && epoch.get() == rollout.epoch() && told;
        return new Next.At(nothing ? rhythm.afterNothing(observed, asked, basis) : rhythm.afterActions(decision, now));
    }

    /** What was claimed stands in device-manager, granted or as a place in the queue, also where nothing was written down that would have been refused then. */
    private boolean claimedInVain(Consultation asked, Rollout rollout) {
        return asked.hasClaimed() && !books.rollouts().unchanged(rollout.id(), rollout.epoch());
    }

    /**
     * Whoever was paused since he looked closes nothing: the repair may be in use again, for an order of somebody else. What is not closed now is at
     * the next look.
     */
    private void close(Rollout rollout, Consultation asked, long epoch) {
        List<Action.Close> closed = asked.decision().closed();
        if (!closed.isEmpty() && books.rollouts().unchanged(rollout.id(), epoch) && asked.alone(time.instant())) {
            books.orders().closed(rollout.id(), epoch, hands.repairs().close(rollout, closed));
        }
    }

    /** Looks once more at once, since it may be nobody's turn to look at it any more, and what was just claimed must be given back. */
    private Next overtaken(String id, Instant now, boolean again) {
        books.memory().overtaken().add(id);
        return again ? new Next.At(now) : anew(id, time.instant(), true);
    }

    private void forget(String id) {
        books.orders().putAway(id);
        books.memory().forget(id);
        rhythm.forget(id);
    }

    /** Where not even the machines of a whole group are known, what was counted before stays. */
    private static boolean unseen(Observation observed) {
        return observed.view().machines().isEmpty()
                && observed.view().obstacles().stream().anyMatch(obstacle -> obstacle.rule() == Rule.TOPOLOGY);
    }

    /** Where nothing was heard of any machine since this process began, what was counted before stays: who runs what is not known. */
    private static boolean unheard(Observation observed) {
        return observed.view().registrySince() == null
                && observed.view().machines().stream().allMatch(machine -> machine.sight() == null);
    }

    private static void tell(Rollout rollout, Decision decision) {
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Fail fail ->
                    log.warn(
                            "{}: {} failed on {}, failure {}: {}",
                            rollout.id(),
                            rollout.version(),
                            fail.machine(),
                            fail.failures(),
                            fail.reason());
                case Action.Close close ->
                    log.debug(
                            "{}: {} of {} is over: {}", rollout.id(), close.repair(), close.machine(), close.outcome());
                case Action.Halt halt -> log.error("{}: halted: {}", rollout.deployment(), halt.reason());
                case Action.Settle settle ->
                    log.info("{}: {} runs on {}", rollout.id(), rollout.version(), settle.machine());
                case Action.Suspend suspend ->
                    log.warn("{}: {} is lost while it is being changed", rollout.id(), suspend.machine());
                case Action.Send send -> {}
            }
        }
        if (decision.state() != rollout.state()) {
            log.info(
                    "{}: {} {} is {}, {}",
                    rollout.id(),
                    rollout.service(),
                    rollout.version(),
                    decision.state(),
                    decision.counts());
        }
    }
}

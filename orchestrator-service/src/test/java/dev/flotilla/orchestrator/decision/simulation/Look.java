package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.orchestrator.consultation.Consultation;
import dev.flotilla.orchestrator.consultation.Question;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Wish;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at a rollout by one process, as {@code RolloutTick} takes it, an outside call at a time: between any two of them the process may die, or
 * stand still and go on later with what it decided.
 */
final class Look {
    /** What comes next. */
    enum Stage {
        POLICIES,
        TENANTS,
        CLAIM,
        STRAYS,
        WRITE,
        SIGN,
        SEND,
        NOTE,
        CLOSE,
        CLOSED,
        FINISH,
        OVER
    }

    private record Signed(Action.Send send, SimOrder order, SimService to) {}

    private record Sent(Action.Send send, OrderState state) {}

    final SimWorld world;
    final SimProcess process;
    final SimRollout rollout;
    /** When it began, by the world's clock and by the process's. */
    final Instant begun;

    final Instant at;
    /** True where the one before it was overtaken. */
    private final boolean again;

    final long epochSeen;
    private final DeploymentState stateSeen;
    private final LookingAtTenants tenants;
    private final SimProcess.Basis basis;
    private final Consultation consultation;
    private Stage stage = Stage.POLICIES;
    private List<String> unsure = List.of();
    private List<Wish> wishes = List.of();
    private final Map<String, ClaimAnswer> answers = new HashMap<>();
    private final Deque<List<Wish>> claims = new ArrayDeque<>();
    private long epoch;
    private boolean outdated;
    private @Nullable Signed signed;
    private final List<Action.Send> orders = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private List<String> over = List.of();

    Look(SimWorld world, SimProcess process, SimRollout rollout) {
        this(world, process, rollout, false);
    }

    private Look(SimWorld world, SimProcess process, SimRollout rollout, boolean again) {
        this.again = again;
        this.world = world;
        this.process = process;
        this.rollout = rollout;
        this.begun = world.now;
        this.at = process.clock(world.now);
        this.epochSeen = rollout.epoch;
        this.stateSeen = rollout.state;
        this.basis = SimProcess.Basis.of(process, rollout);
        rollout.changedSinceLooked = false;
        this.tenants = new LookingAtTenants(this);
        this.consultation = new Consultation(
                SimObserver.observe(world, process, rollout),
                Map.copyOf(rollout.orders),
                process.memory(),
                world.brain::decide,
                at);
        goOn();
    }

    /** To the next question, or to what follows from the answers. */
    private void goOn() {
        switch (consultation.next().orElse(null)) {
            case Question.Policies policies -> {
                unsure = policies.machines();
                stage = Stage.POLICIES;
            }
            case Question.Elsewhere elsewhere -> {
                consultation.elsewhere(SimObserver.elsewhere(world, rollout));
                goOn();
            }
            case Question.Tenants asked -> {
                wishes = asked.wishes();
                stage = Stage.TENANTS;
            }
            case Question.Claims asked -> {
                wishes = asked.wishes();
                answers.clear();
                claims.clear();
                for (boolean forced : new boolean[] {true, false}) {
                    List<Wish> alike = wishes.stream()
                            .filter(wish -> wish.forced() == forced)
                            .toList();
                    if (!alike.isEmpty()) {
                        claims.add(alike);
                    }
                }
                stage = Stage.CLAIM;
            }
            case Question.Limit limit -> {
                consultation.limit(world.repairs.brokenIn(rollout.group) >= world.repairs.limit(rollout.group));
                goOn();
            }
            case Question.Held held -> stage = Stage.STRAYS;
            case null -> stage = Stage.WRITE;
        }
    }

    Stage stage() {
        return stage;
    }

    boolean hasSent() {
        return !sent.isEmpty();
    }

    RolloutView view() {
        return consultation.view();
    }

    private Decision decision() {
        return consultation.decision();
    }

    /** Makes the next outside call. */
    void step() {
        switch (stage) {
            case POLICIES -> askPolicies();
            case TENANTS -> {
                Instant now = process.clock(world.now);
                boolean asked = tenants.ask(wishes);
                if (tenants.outdated()) {
                    unanswered();
                } else if (asked) {
                    consultation.withheld(wishes, tenants.withheld(), now);
                    goOn();
                }
            }
            case CLAIM -> claim();
            case STRAYS -> {
                if (world.chance(60)) {
                    world.coverage.saw(Coverage.Event.DEVICE_MANAGER_AWAY);
                    process.memory().overtaken().add(rollout.id);
                } else if (world.safeguards.contains(Safeguard.STRAYS_GIVEN_BACK)) {
                    consultation.held(world.repairs.held(rollout.id, world.now));
                    if (!view().answers().strays().isEmpty()) {
                        world.coverage.saw(Coverage.Event.STRAY_GIVEN_BACK);
                    }
                }
                goOn();
            }
            case WRITE -> write();
            case SIGN -> sign();
            case SEND -> send();
            case NOTE -> {
                sent.forEach(outcome -> rollout.note(
                        outcome.send().machine(),
                        outcome.send().orderId(),
                        outcome.send().order().sends(),
                        outcome.state()));
                stage = Stage.FINISH;
            }
            case CLOSE -> {
                stage = afterClosing();
                boolean fenced = world.safeguards.contains(Safeguard.READ_AGAIN_BEFORE_CLOSING);
                boolean alone = consultation.alone(process.clock(world.now));
                if (!world.chance(40) && !(fenced && !(alone && rollout.epoch == epoch))) {
                    List<Action.Close> closed = decision().closed();
                    closed.forEach(close -> process.memory().leases().closed(rollout.id, close.machine()));
                    if (rollout.state == DeploymentState.HALTED) {
                        // Whoever resumes it goes on from there.
                        closed.forEach(close -> world.machine(close.machine())
                                .service(rollout.service)
                                .giveUpProof());
                    }
                    over = world.repairs.close(rollout.id, closed, world.now);
                    stage = Stage.CLOSED;
                    world.tell("%s %s closes %s", process.name, rollout.id, closed);
                }
            }
            case CLOSED -> {
                rollout.closed(over);
                stage = afterClosing();
            }
            case FINISH -> finish();
            case OVER -> {}
        }
    }

    private void askPolicies() {
        if (world.chance(60)) {
            world.coverage.saw(Coverage.Event.POLICY_ENGINE_AWAY);
            consultation.noPermits("away");
        } else {
            consultation.permits(SimObserver.permits(world, unsure));
        }
        goOn();
    }

    private void claim() {
        if (world.chance(60)) {
            world.coverage.saw(Coverage.Event.DEVICE_MANAGER_AWAY);
            unanswered();
            return;
        }
        List<Wish> alike = claims.remove();
        List<String> names = alike.stream().map(Wish::machine).toList();
        world.limits.beforeClaim(names);
        Map<String, ClaimAnswer> given = world.repairs.claim(
                new SimRepairs.Claim(
                        rollout.id, RepairKind.DEPLOY, alike.getFirst().forced(), rollout.service, SimWorld.LEASE),
                names,
                world.now);
        if (given == null) {
            unanswered();
            return;
        }
        world.tell("%s %s claims %s: %s", process.name, rollout.id, alike, given);
        world.limits.claimed(given);
        answers.putAll(given);
        if (claims.isEmpty()) {
            consultation.claimed(answers, SimWorld.LEASE);
            goOn();
        }
    }

    private void unanswered() {
        consultation.unanswered(wishes, "nobody");
        goOn();
    }

    private void write() {
        Decision decision = decision();
        world.tell("%s %s finds %s %s", process.name, rollout.id, decision.state(), decision.standings());
        world.explanations.explained(this);
        rollout.refused = view().mayHaveStrays();
        boolean nothing = decision.actions().isEmpty()
                && decision.state() == stateSeen
                && decision.counts().equals(rollout.counts);
        boolean overtaken = rollout.epoch != epochSeen
                && (!nothing || consultation.hasClaimed())
                && world.safeguards.contains(Safeguard.FENCED_WRITING);
        if (overtaken || consultation.outdated(process.clock(world.now))) {
            world.coverage.saw(Coverage.Event.WRITE_FENCED_OFF);
            stage = Stage.OVER;
            reschedule(world.now, false);
            process.memory().overtaken().add(rollout.id);
            if (!again) {
                process.looks.add(new Look(world, process, rollout, true));
            }
            return;
        }
        if (consultation.foundNoStrays()) {
            process.memory().overtaken().remove(rollout.id);
        }
        if (nothing) {
            epoch = epochSeen;
            stage = Stage.FINISH;
            return;
        }
        world.checks.ordered(this, decision);
        world.tell(
                "%s %s writes %s -> %s %s",
                process.name, rollout.id, decision.actions(), decision.state(), decision.counts());
        rollout.write(decision, at);
        epoch = rollout.epoch = world.nextEpoch();
        for (Action action : decision.actions()) {
            if (action instanceof Action.Halt halt) {
                world.coverage.saw(Coverage.Event.HALTED_BY_ITSELF);
                world.halt(rollout, halt.reason());
            }
        }
        world.checks.written(rollout);
        orders.addAll(decision.orders());
        Collections.shuffle(orders, world.random);
        stage = decision.closed().isEmpty() ? afterClosing() : Stage.CLOSE;
    }

    private Stage afterClosing() {
        return orders.isEmpty() ? Stage.FINISH : Stage.SIGN;
    }

    /** Reads once more whether the decision stands, and signs the next order if it does. */
    private void sign() {
        Action.Send send = orders.removeLast();
        Instant notAfter = at.plus(SimWorld.VALIDITY);
        boolean stands = rollout.epoch == epoch
                && !rollout.halted()
                && process.clock(world.now).isBefore(notAfter);
        if (!stands && world.safeguards.contains(Safeguard.READ_AGAIN_BEFORE_SENDING)) {
            world.coverage.saw(Coverage.Event.SEND_FENCED_OFF);
            sent(send, OrderState.PENDING);
        } else if (outdated) {
            sent(send, OrderState.PENDING);
        } else {
            SimMachine machine = world.machine(send.machine());
            SimOrder order = new SimOrder(
                    send.orderId(),
                    rollout,
                    epoch,
                    send.order().attempt(),
                    send.order().mending(),
                    rollout.epoch != epoch,
                    world.tenants.consents(rollout.id, machine.tenant, machine.faultDomain),
                    begun,
                    world.now,
                    notAfter,
                    send.order().deadline());
            signed = new Signed(send, order, machine.service(rollout.service));
            stage = Stage.SEND;
        }
    }

    private void send() {
        Signed letter = Objects.requireNonNull(signed);
        SimService.Answer answer = world.network.send(letter.to(), letter.order());
        outdated |= answer == SimService.Answer.OUTDATED;
        boolean accepted = answer == SimService.Answer.TAKEN || answer == SimService.Answer.KNOWN;
        sent(
                letter.send(),
                accepted
                        ? OrderState.ACCEPTED
                        : answer == SimService.Answer.LAPSED ? OrderState.REFUSED : OrderState.PENDING);
    }

    private void sent(Action.Send send, OrderState state) {
        sent.add(new Sent(send, state));
        stage = orders.isEmpty() ? Stage.NOTE : Stage.SIGN;
    }

    private void finish() {
        Decision decision = decision();
        boolean ended = decision.state() == DeploymentState.COMPLETE || decision.over();
        boolean told = !ended || tenants.finish(decision.state());
        if (stage != Stage.OVER && tenants.inMidWay()) {
            return;
        }
        stage = Stage.OVER;
        boolean nothing = decision.actions().isEmpty() && epoch == epochSeen && told;
        Optional<Instant> rest = nothing ? consultation.restUntil(tenants.any()) : Optional.empty();
        rest.ifPresent(until -> process.rest(rollout, basis, until));
        reschedule(rest.map(this::steady).orElseGet(this::next), over(told));
    }

    private boolean over(boolean told) {
        return decision().over() && told && !process.memory().overtaken().contains(rollout.id);
    }

    private Instant steady(Instant until) {
        Instant latest = at.plus(SimWorld.STEADY);
        return (until.isBefore(latest) ? until : latest).minus(process.skew);
    }

    private Instant next() {
        Decision decision = decision();
        boolean busy = !decision.orders().isEmpty()
                || decision.reason() != null && decision.state() == DeploymentState.ROLLING_OUT
                || decision.counts().fetching() + decision.counts().switching() > 0;
        Instant next = at.plusSeconds(busy ? 1 : 10);
        Instant due = decision.nextLook();
        return (due != null && due.isBefore(next) ? due : next).minus(process.skew);
    }

    /** As the scheduler does: whose look was taken over has no say in when the next one is. */
    private void reschedule(Instant when, boolean never) {
        if (rollout.look == this) {
            rollout.look = null;
            rollout.over = never;
            rollout.lookAt = rollout.changedSinceLooked ? world.now : when;
        }
    }

    void stopped(String tenant, State state) {
        if (state == State.STOP) {
            People.pauseOne(world, rollout, "paused by tenant " + tenant);
        }
    }
}

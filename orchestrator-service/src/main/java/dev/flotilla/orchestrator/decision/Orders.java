package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.EXCUSED;
import static dev.flotilla.api.orchestrator.MachinePhase.FAILED;
import static dev.flotilla.api.orchestrator.MachinePhase.WAITING;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives the orders of one decision: asks each rule in turn, machine by machine, and counts what it gives against the limit. */
final class Orders {
    private static final int NAMED = 5;

    private final RolloutView view;
    private final Instant now;
    private final @Nullable String halt;
    private final int most;
    /**
     * Machines that are being changed, or wait for their next attempt or, with the bytes fetched, for a fresh order: a failing version is tried
     * out on them and on no others, but for those that are down. One that a policy speaks against gives its place away: nobody shall wait for what may take a tenant's time,
     * and its order has lapsed, so that no switch can follow.
     */
    private final SequencedSet<String> slots = new LinkedHashSet<>();
    /** Those of them that only wait to be ordered once more: they keep no place from machines that are down and come first. */
    private final Set<String> parked = new HashSet<>();

    /** Machines that are being changed or unavailable, and how, in words. */
    private final SequencedMap<String, String> busy = new LinkedHashMap<>();

    private final List<Action.Send> given = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();
    private final Waves waves;
    /** Machines that go on being changed, or begin now. */
    private final Set<String> placed = new HashSet<>();

    private int inFlight;
    /** Where all stand that the limit keeps waiting, as long as nobody else takes a place. */
    private @Nullable MachineStanding full;

    Orders(RolloutView view, Instant now, List<Assessment> machines, Waves waves, @Nullable String halt) {
        this.view = view;
        this.now = now;
        this.waves = waves;
        this.halt = halt;
        int effective = Assessment.effective(machines);
        this.most = view.limits().maxUnavailable().roundedUp(effective);
        this.inFlight = (int) machines.stream().filter(Assessment::inFlight).count();
        machines.stream().filter(machine -> Waves.busy(view, machine)).forEach(machine -> {
            slots.add(machine.name());
            busy.put(machine.name(), place(machine));
            if (machine.repair() == null && !Waves.underWay(machine)) {
                parked.add(machine.name());
            }
        });
        machines.stream()
                .filter(Assessment::unavailable)
                .forEach(machine -> busy.putIfAbsent(machine.name(), place(machine)));
        machines.stream()
                .filter(machine -> Waves.slot(view, machine))
                .map(Assessment::name)
                .forEach(placed::add);
    }

    private static String place(Assessment machine) {
        return switch (machine.hold()) {
            case ORDER -> "is being changed";
            case PROOF -> machine.unavailable() ? "is coming up" : "is proving itself";
            case RETRY -> "waits for its next attempt";
            case FETCHED -> "waits for the order to switch";
            case NONE -> machine.unavailable() ? "is down" : "is being given back";
        };
    }

    List<Action.Send> given() {
        return given;
    }

    /** True where the machine has a place among those that are being changed, or is given one now. */
    boolean places(Assessment machine) {
        return placed.contains(machine.name());
    }

    /** Whom to ask device-manager about before more can be decided, in turn. */
    List<Wish> wishes() {
        return wishes;
    }

    /** Where the machine stands after its rules were asked; an order that they allow is given. */
    MachineStanding standing(Assessment machine) {
        if (machine.want() == Want.NOTHING) {
            return machine.standing();
        }
        MachineStanding refusal = refusal(machine);
        if (refusal != null) {
            boolean setAside = machine.standing().phase() == FAILED && refusal.phase() == WAITING;
            return setAside ? machine.standing() : machine.fetched() ? fetched(refusal) : refusal;
        }
        return give(machine);
    }

    private MachineStanding fetched(MachineStanding refusal) {
        String reason = view.goal().version() + " is fetched and waits to be switched to: " + refusal.reason();
        return new MachineStanding(refusal.phase(), reason, refusal.rule(), refusal.until(), refusal.origin());
    }

    private @Nullable MachineStanding refusal(Assessment machine) {
        if (view.replaced() != null) {
            return MachineStanding.of(
                    MachinePhase.SUPERSEDED,
                    Rule.SUPERSEDED,
                    "the newer deployment " + view.replaced() + " has taken it over");
        }
        if (view.state() == DeploymentState.ABORTED) {
            return MachineStanding.of(
                    EXCUSED,
                    Rule.ABORTED,
                    "the deployment was ended: " + view.course().reason());
        }
        if (halt != null) {
            String how = DeploymentState.HALTED.paused(halt) ? "" : "halted: ";
            return MachineStanding.of(WAITING, Rule.HALTED, "the deployment is " + how + halt);
        }
        if (!view.obstacles().isEmpty()) {
            Obstacle obstacle = view.obstacles().getFirst();
            return MachineStanding.of(WAITING, obstacle.rule(), obstacle.reason());
        }
        MachineStanding policy = byPolicy(view.permit(machine.name()));
        MachineStanding wave = policy == null ? waves.refusal(machine) : policy;
        MachineStanding limit = wave == null ? byLimit(machine) : wave;
        return limit == null ? byRepair(machine) : limit;
    }

    /** A machine that is refused for a while keeps its place in the limit: those after it are not asked about in its stead. */
    private @Nullable MachineStanding byRepair(Assessment machine) {
        ClaimAnswer answer = view.claims().get(machine.name());
        if (answer == null) {
            wishes.add(new Wish(machine.name(), waves.mending(machine)));
            take(machine, "is next");
            return MachineStanding.of(WAITING, Rule.REPAIRS, "its turn has come, and device-manager is asked for it");
        }
        if (answer.granted()) {
            return null;
        }
        if (answer.passedBy()) {
            return MachineStanding.refused(EXCUSED, answer);
        }
        take(
                machine,
                answer.tenant() == null
                        ? "is next, and refused by device-manager"
                        : "is next, and waits for tenant " + answer.tenant());
        return MachineStanding.refused(WAITING, answer);
    }

    private void take(Assessment machine, String what) {
        boolean begins = machine.hold() == Assessment.Hold.NONE && !machine.unavailable();
        busy.put(machine.name(), begins ? what : place(machine));
        full = null;
        if (!machine.inFlight()) {
            inFlight++;
        }
        slots.add(machine.name());
        parked.remove(machine.name());
        placed.add(machine.name());
    }

    /** Where the policy engine's answer leaves a machine; null where that permits it. */
    static @Nullable MachineStanding byPolicy(@Nullable Permit permit) {
        if (permit == null) {
            return MachineStanding.of(WAITING, Rule.POLICY, "the policy engine has not been asked yet");
        }
        String rule = permit.policy() == null ? Rule.POLICY.id() : permit.policy();
        return switch (permit.effect()) {
            case ALLOW -> null;
            case DEFER -> new MachineStanding(WAITING, permit.reason(), rule, permit.until(), Origin.POLICY);
            case DENY -> new MachineStanding(EXCUSED, permit.reason(), rule, permit.until(), Origin.POLICY);
        };
    }

    private @Nullable MachineStanding byLimit(Assessment machine) {
        if (machine.inFlight() || fits(machine)) {
            return null;
        }
        if (full == null) {
            full = full();
        }
        return full;
    }

    private MachineStanding full() {
        String names = busy.entrySet().stream()
                        .limit(NAMED)
                        .map(machine -> machine.getKey() + ' ' + machine.getValue())
                        .collect(Collectors.joining(", "))
                + (busy.size() > NAMED ? " and " + (busy.size() - NAMED) + " more" : "");
        return MachineStanding.of(
                WAITING,
                Rule.MAX_UNAVAILABLE,
                "at most " + most + " machines of " + view.group() + " may be changed or unavailable at once, and "
                        + busy.size() + (busy.size() == 1 ? " takes its place: " : " take the places: ") + names);
    }

    private boolean fits(Assessment machine) {
        if (slots.contains(machine.name())) {
            return inFlight < most;
        }
        int taken = waves.down().isAhead(machine) ? slots.size() - parked.size() : slots.size();
        return taken < most && (machine.unavailable() || busy.size() < most);
    }

    private MachineStanding give(Assessment machine) {
        OrderRecord order = next(machine);
        given.add(new Action.Send(order));
        take(machine, "is ordered now");
        return MachineStanding.of(
                WAITING,
                Rule.ORDERED,
                machine.want() == Want.RESEND
                        ? "the order is sent again"
                        : "the order goes out, attempt " + order.attempt());
    }

    private OrderRecord next(Assessment machine) {
        String name = machine.name();
        OrderRecord last = machine.machine().order();
        Instant deadline = now.plus(view.pace().orderTimeout());
        ClaimAnswer claim = view.claims().get(name);
        String repair = claim == null ? null : claim.repair();
        boolean mending = waves.mending(machine);
        boolean outOfTurn = waves.outOfTurn(name);
        if (last != null && machine.want() == Want.RESEND) {
            int sends = last.sends() + 1;
            return new OrderRecord(
                    name,
                    last.attempt(),
                    last.orderId(),
                    OrderState.PENDING,
                    last.failures(),
                    sends,
                    last.orderedAt(),
                    last.state() == OrderState.SUSPENDED ? deadline : last.deadline(),
                    nextSend(sends, last.orderId()),
                    mending,
                    outOfTurn,
                    repair,
                    last.problem());
        }
        int attempt = machine.machine().attempts() + 1;
        String id = OrderIds.of(view.rollout(), name, attempt);
        return new OrderRecord(
                name,
                attempt,
                id,
                OrderState.PENDING,
                last == null ? 0 : last.failures(),
                1,
                now,
                deadline,
                nextSend(1, id),
                mending,
                outOfTurn,
                repair,
                null);
    }

    private Instant nextSend(int sends, String id) {
        return now.plus(
                Backoff.after(sends, view.pace().resendFirst(), view.pace().resendMost(), id));
    }
}

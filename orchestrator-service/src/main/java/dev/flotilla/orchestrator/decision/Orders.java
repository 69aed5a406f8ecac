package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.EXCUSED;
import static dev.flotilla.api.orchestrator.MachinePhase.FAILED;
import static dev.flotilla.api.orchestrator.MachinePhase.WAITING;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the orders of one decision: asks each rule in turn, machine by machine, and counts what it gives against the limit. */
final class Orders {
    private static final int NAMED = 5;

    private final RolloutView view;
    private final Instant now;
    private final @Nullable String halt;
    private final int most;
    private final List<String> busy = new ArrayList<>();
    private final List<Action.Send> given = new ArrayList<>();
    private int inFlight;

    Orders(RolloutView view, Instant now, List<Assessment> machines, @Nullable String halt) {
        this.view = view;
        this.now = now;
        this.halt = halt;
        List<Assessment> effective =
                machines.stream().filter(Assessment::effective).toList();
        this.most = view.limits().maxUnavailable().roundedUp(effective.size());
        this.inFlight = (int) effective.stream().filter(Assessment::inFlight).count();
        effective.stream()
                .filter(Assessment::busy)
                .map(machine -> machine.machine().name())
                .forEach(busy::add);
    }

    List<Action.Send> given() {
        return given;
    }

    /** Where the machine stands after its rules were asked; an order that they allow is given. */
    MachineStanding standing(Assessment machine) {
        if (machine.want() == Want.NOTHING) {
            return machine.standing();
        }
        MachineStanding refusal = refusal(machine);
        if (refusal != null) {
            boolean setAside = machine.standing().phase() == FAILED && refusal.phase() == WAITING;
            return setAside ? machine.standing() : refusal;
        }
        return give(machine);
    }

    private @Nullable MachineStanding refusal(Assessment machine) {
        if (view.replaced() != null) {
            return MachineStanding.of(
                    MachinePhase.SUPERSEDED,
                    Rule.SUPERSEDED,
                    "the newer deployment " + view.replaced() + " has taken it over");
        }
        if (halt != null) {
            return MachineStanding.of(WAITING, Rule.HALTED, "the deployment is halted: " + halt);
        }
        if (!view.obstacles().isEmpty()) {
            Obstacle obstacle = view.obstacles().getFirst();
            return MachineStanding.of(WAITING, obstacle.rule(), obstacle.reason());
        }
        MachineStanding denied = byPolicy(view.permits().get(machine.machine().name()));
        return denied != null ? denied : byLimit(machine);
    }

    private static @Nullable MachineStanding byPolicy(@Nullable Permit permit) {
        if (permit == null) {
            return MachineStanding.of(WAITING, Rule.POLICY, "the policy engine has not been asked yet");
        }
        String rule = permit.policy() == null ? Rule.POLICY.id() : permit.policy();
        return switch (permit.effect()) {
            case ALLOW -> null;
            case DEFER -> new MachineStanding(WAITING, permit.reason(), rule, permit.until());
            case DENY -> new MachineStanding(EXCUSED, permit.reason(), rule, permit.until());
        };
    }

    private @Nullable MachineStanding byLimit(Assessment machine) {
        if (machine.inFlight() || (inFlight < most && (machine.unavailable() || busy.size() < most))) {
            return null;
        }
        String names = String.join(", ", busy.subList(0, Math.min(NAMED, busy.size())))
                + (busy.size() > NAMED ? " and " + (busy.size() - NAMED) + " more" : "");
        return MachineStanding.of(
                WAITING,
                Rule.MAX_UNAVAILABLE,
                busy.size() + " machines of " + view.group() + " are being changed or unavailable, and at most " + most
                        + " may be: " + names);
    }

    private MachineStanding give(Assessment machine) {
        OrderRecord order = next(machine);
        given.add(new Action.Send(order));
        if (!machine.inFlight()) {
            inFlight++;
            if (!machine.unavailable()) {
                busy.add(machine.machine().name());
            }
        }
        return MachineStanding.of(
                WAITING,
                Rule.ORDERED,
                machine.want() == Want.RESEND
                        ? "the order is sent again"
                        : "the order goes out, attempt " + order.attempt());
    }

    private OrderRecord next(Assessment machine) {
        String name = machine.machine().name();
        OrderRecord last = machine.machine().order();
        Instant deadline = now.plus(view.pace().orderTimeout());
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
                    last.problem());
        }
        int attempt = last == null ? 1 : last.attempt() + 1;
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
                null);
    }

    private Instant nextSend(int sends, String id) {
        return now.plus(
                Backoff.after(sends, view.pace().resendFirst(), view.pace().resendMost(), id));
    }
}

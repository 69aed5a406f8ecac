package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.EXCUSED;
import static dev.flotilla.api.orchestrator.MachinePhase.FAILED;
import static dev.flotilla.api.orchestrator.MachinePhase.RUNNING;
import static dev.flotilla.api.orchestrator.MachinePhase.WAITING;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Assessment.Want;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: the machines of one fault domain at a time, in the order of {@link RolloutOrder}, and a few canaries ahead of all others. A
 * fault domain is over when each of its machines runs the version and has proved itself, has failed for good, or is passed by. Machines that are
 * only brought back to what they ran are not asked for their turn. Where machines that are down use up the limit they come first, those of one
 * fault domain at a time too: nobody else could be changed before they are well, and what they are brought to may be what mends them.
 */
final class Waves {
    private static final int NAMED = 5;

    private final RolloutView view;
    private final List<Assessment> machines;
    private final List<Assessment> holding;
    private final DownFirst down;
    private final @Nullable String open;
    private final List<Assessment> canaries;
    private final List<Assessment> awaited;
    private final @Nullable Lifted lifted;
    private final MachineStanding behind;

    /** @param machines all of the rollout, in their order */
    Waves(RolloutView view, List<Assessment> machines, Instant now) {
        this.view = view;
        this.machines = machines;
        boolean patient = !Halts.late(view, now);
        String last = lastBegun();
        this.holding = machines.stream()
                .filter(machine -> holds(machine, patient, last))
                .toList();
        this.down = new DownFirst(view, machines, holding);
        this.canaries = canaries(patient, last);
        this.awaited = canaries.stream().filter(holding::contains).toList();
        this.open = Stream.of(
                        // Where a repair is held nobody else is let in elsewhere: it must be made use of before all
                        // others.
                        holding.stream().filter(machine -> machine.repair() != null),
                        holding.stream().filter(machine -> down.letsGoOn(view, machine)),
                        down.machines().stream().filter(machine -> busy(view, machine)),
                        down.machines().stream(),
                        holding.stream().filter(machine -> busy(view, machine)),
                        awaited.stream(),
                        holding.stream())
                .flatMap(first -> first)
                .map(machine -> machine.machine().faultDomain())
                .findFirst()
                .orElse(null);
        this.lifted = Lifted.of(view, holding, open);
        this.behind = behind();
    }

    /** The fault domain that the others wait for; null where none does. */
    @Nullable
    String open() {
        return open;
    }

    /** True where the machine keeps its place among those that are being changed. */
    static boolean slot(RolloutView view, Assessment machine) {
        return switch (machine.hold()) {
            case NONE, ORDER, PROOF -> underWay(machine);
            case RETRY, FETCHED -> permitted(view, machine);
        };
    }

    /** True where the machine is being changed, or proves itself after it; not where it waits to be ordered once more. */
    static boolean underWay(Assessment machine) {
        return switch (machine.hold()) {
            case NONE, RETRY, FETCHED -> false;
            case ORDER -> true;
            case PROOF -> machine.effective();
        };
    }

    /** True where the machine keeps its place, or still has a repair that must be closed first. */
    static boolean busy(RolloutView view, Assessment machine) {
        return machine.repair() != null || slot(view, machine);
    }

    /** Why it is not this machine's turn; null if it is. */
    @Nullable
    MachineStanding refusal(Assessment machine) {
        if (mending(machine)) {
            return null;
        }
        if (!canaries.contains(machine) && !awaited.isEmpty()) {
            return MachineStanding.of(
                    WAITING, Rule.CANARY, names(awaited) + " must run the version and prove itself before all others");
        }
        if (open == null || open.equals(machine.machine().faultDomain()) || lifted != null && lifted.lets(machine)) {
            return null;
        }
        return behind;
    }

    /** The machines that are down and come before all others, whatever their fault domain. */
    DownFirst down() {
        return down;
    }

    /** True where an order is given to the machine, or was, although the turn of its fault domain has not come. */
    boolean outOfTurn(String machine) {
        return down.outOfTurn(machine);
    }

    static boolean permitted(RolloutView view, Assessment machine) {
        Permit permit = view.permit(machine.name());
        return permit == null || permit.effect() == Effect.ALLOW;
    }

    /** Where the machines of all other fault domains than the open one stand: the same for a thousand of them. */
    private MachineStanding behind() {
        List<Assessment> before = holding.stream()
                .filter(other -> other.machine().faultDomain().equals(open))
                .toList();
        List<Assessment> downThere = before.stream().filter(down::includes).toList();
        String why = downThere.isEmpty()
                ? before.size() + (before.size() == 1 ? " machine is" : " machines are") + " not done: " + names(before)
                        + Lifted.words(view, before)
                : "machines that are down use up the limit and are brought to the version before all others: "
                        + names(downThere);
        return MachineStanding.of(WAITING, Rule.FAULT_DOMAIN, "fault domain " + open + " comes first, where " + why);
    }

    /** The canaries that all others wait for. */
    List<Assessment> canariesAwaited() {
        return awaited;
    }

    /** True where the others wait for the machine, when its fault domain's turn has come. */
    boolean holds(Assessment machine) {
        return holding.contains(machine);
    }

    /** The canary that failed for good; null where none did. */
    @Nullable
    Assessment failedCanary() {
        return canaries.stream()
                .filter(canary -> canary.standing().phase() == FAILED)
                .findFirst()
                .orElse(null);
    }

    boolean mending(Assessment machine) {
        return mending(view, machine);
    }

    static boolean mending(RolloutView view, Assessment machine) {
        return machine.mending() || view.state() == DeploymentState.COMPLETE;
    }

    private boolean holds(Assessment machine, boolean patient, @Nullable String last) {
        if (mending(machine)) {
            return false;
        }
        return busy(view, machine)
                || machine.effective() && machine.want() != Want.NOTHING && !passedBy(machine, patient, last);
    }

    private boolean passedBy(Assessment machine, boolean patient, @Nullable String last) {
        if (busy(view, machine)) {
            return false;
        }
        ClaimAnswer claim = view.claims().get(machine.name());
        if (claim != null && claim.passedBy()) {
            return true;
        }
        Permit permit = view.permit(machine.name());
        if (permit == null) {
            return false;
        }
        return switch (permit.effect()) {
            case ALLOW -> false;
            case DENY -> true;
            case DEFER ->
                !patient
                        || last != null
                                && NaturalOrder.INSTANCE.compare(
                                                machine.machine().faultDomain(), last)
                                        < 0;
        };
    }

    /** The last fault domain whose turn has come; machines that were passed by before are not waited for again. */
    private @Nullable String lastBegun() {
        return machines.stream()
                .filter(machine -> {
                    OrderRecord order = machine.machine().order();
                    return order != null && !order.outOfTurn() && !machine.mending();
                })
                .map(machine -> machine.machine().faultDomain())
                .max(NaturalOrder.INSTANCE)
                .orElse(null);
    }

    /**
     * The first machines that can be changed, of one fault domain; those that are being changed stay canaries, whoever becomes able after them. None
     * once as many as are wanted have proved themselves.
     */
    private List<Assessment> canaries(boolean patient, @Nullable String last) {
        int effective = Assessment.effective(machines);
        int wanted = view.limits().canaryMachines().value() == 0
                ? 0
                : view.limits().canaryMachines().roundedUp(effective);
        if (wanted == 0 || machines.stream().filter(this::proven).count() >= wanted) {
            return List.of();
        }
        List<Assessment> able = machines.stream()
                .filter(Assessment::effective)
                .filter(machine -> !mending(machine) && machine.standing().phase() != EXCUSED)
                .filter(machine -> !passedBy(machine, patient, last))
                .sorted(Comparator.<Assessment, Boolean>comparing(machine -> machine.repair() == null)
                        .thenComparing(machine -> !down.letsGoOn(view, machine))
                        .thenComparing(machine -> !down.includes(machine))
                        .thenComparing(machine -> !busy(view, machine))
                        .thenComparing(machine -> machine.machine().order() == null))
                .toList();
        return able.stream()
                .filter(machine -> machine.machine()
                        .faultDomain()
                        .equals(able.getFirst().machine().faultDomain()))
                .limit(wanted)
                .toList();
    }

    /** It was changed by this rollout, and has stayed healthy for as long as it must. */
    private boolean proven(Assessment machine) {
        OrderRecord order = machine.machine().order();
        return machine.effective()
                && order != null
                && order.state() == OrderState.DONE
                && !machine.mending()
                && machine.standing().phase() == RUNNING
                && !busy(view, machine);
    }

    private static String names(List<Assessment> machines) {
        String names = machines.stream().limit(NAMED).map(Assessment::name).collect(Collectors.joining(", "));
        return machines.size() > NAMED ? names + " and " + (machines.size() - NAMED) + " more" : names;
    }
}

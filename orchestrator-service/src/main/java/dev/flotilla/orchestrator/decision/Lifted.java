package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who need not wait for an earlier fault domain, all of whose machines are deferred by policies: those of one later fault domain whose deferral an
 * override lifts, since it is for them and now that somebody asked. Nobody else is being changed meanwhile, and no work begins elsewhere before they are done.
 * Once one was let through its fault domain's turn has come: what is permitted there may follow, and what was deferred is passed by.
 */
record Lifted(RolloutView view, String faultDomain) {

    /**
     * Those that are let through; null where there are none.
     *
     * @param holding the machines that others wait for, in their order
     * @param open the fault domain that comes first
     */
    static @Nullable Lifted of(RolloutView view, List<Assessment> holding, @Nullable String open) {
        if (open == null || holding.stream().anyMatch(machine -> Waves.busy(view, machine))) {
            return null;
        }
        boolean deferred = holding.stream()
                .filter(machine -> machine.machine().faultDomain().equals(open))
                .allMatch(machine -> effect(view, machine) == Effect.DEFER);
        return !deferred
                ? null
                : holding.stream()
                        .filter(machine -> overridden(view, machine))
                        .findFirst()
                        .map(machine -> new Lifted(view, machine.machine().faultDomain()))
                        .orElse(null);
    }

    boolean lets(Assessment machine) {
        return machine.machine().faultDomain().equals(faultDomain) && overridden(view, machine);
    }

    private static boolean overridden(RolloutView view, Assessment machine) {
        Permit permit = view.permit(machine.name());
        return permit != null && permit.effect() == Effect.ALLOW && permit.kind() == Kind.OVERRIDE;
    }

    private static @Nullable Effect effect(RolloutView view, Assessment machine) {
        Permit permit = view.permit(machine.name());
        return permit == null ? null : permit.effect();
    }

    /** Which policies hold machines that others wait for, to be put behind their names; empty where it is not policies alone. */
    static String words(RolloutView view, List<Assessment> machines) {
        if (!machines.stream()
                .allMatch(machine -> effect(view, machine) == Effect.DEFER && !Waves.busy(view, machine))) {
            return "";
        }
        SortedSet<String> policies = machines.stream()
                .map(machine ->
                        Objects.requireNonNull(view.permit(machine.name())).policy())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        return policies.isEmpty() ? "" : ", deferred by '" + String.join("', '", policies) + "'";
    }
}

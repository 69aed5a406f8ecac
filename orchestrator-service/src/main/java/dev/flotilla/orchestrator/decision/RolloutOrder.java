package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.NaturalOrder;
import java.util.Comparator;

/** The order in which the machines of a rollout are changed: fault domain by fault domain, by name within one, m2 before m10. */
final class RolloutOrder {
    static final Comparator<MachineView> MACHINES = Comparator.comparing(
                    MachineView::faultDomain, NaturalOrder.INSTANCE)
            .thenComparing(MachineView::name, NaturalOrder.INSTANCE);

    private RolloutOrder() {}
}

package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How a plan has tenants asked: they are told the end of one fault domain's impact, and asked for the start of the next, before its first machine is changed. */
final class Impacts {
    private final Askings askings;
    /** The fault domain that they were asked about last. */
    private @Nullable String last;

    /** The same, where this plan has them asked. */
    private @Nullable String asked;

    Impacts(Askings askings) {
        this.askings = askings;
        this.last = askings.impact();
    }

    /** How long they take before these machines of a fault domain are changed; null where nobody knows. */
    @Nullable
    Duration ahead(RolloutView view, @Nullable String domain, Collection<String> machines) {
        if (domain == null || machines.isEmpty() || domain.equals(asked)) {
            return Duration.ZERO;
        }
        if (machines.stream().anyMatch(askings.silent()::contains)) {
            return null;
        }
        String before = last;
        Duration end = before == null || before.equals(domain)
                ? Duration.ZERO
                : Askings.longest(
                        askings.ends(),
                        view.machines().stream()
                                .filter(machine -> machine.faultDomain().equals(before))
                                .map(MachineView::name)
                                .toList());
        return end.plus(Askings.longest(askings.starts(), machines));
    }

    void begun(String domain) {
        last = domain;
        asked = domain;
    }
}

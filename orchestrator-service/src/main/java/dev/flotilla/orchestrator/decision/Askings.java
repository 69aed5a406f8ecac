package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long tenants may take to answer, for a plan. A machine whose tenant is not asked is missing.
 *
 * @param starts by machine, before the first machine of its fault domain is changed
 * @param ends by machine, before another fault domain begins
 * @param silent machines whose tenants were asked, and nobody knows when they answer
 * @param impact the fault domain that tenants were asked about last and not yet told the end of; null for none
 */
public record Askings(
        Map<String, Duration> starts,
        Map<String, Duration> ends,
        Set<String> silent,
        @Nullable String impact) {
    /** Nobody is asked. */
    public static final Askings NONE = new Askings(Map.of(), Map.of(), Set.of(), null);

    public Askings {
        starts = Map.copyOf(starts);
        ends = Map.copyOf(ends);
        silent = Set.copyOf(silent);
    }

    /** How long the slowest of the tenants of these machines may take. */
    static Duration longest(Map<String, Duration> each, Collection<String> machines) {
        return machines.stream()
                .map(machine -> each.getOrDefault(machine, Duration.ZERO))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}

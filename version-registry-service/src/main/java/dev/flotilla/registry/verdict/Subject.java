package dev.flotilla.registry.verdict;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine as it is judged: before and after a moment. The moment is its change; for an unchanged machine it is that of a changed one, as though it had
 * changed with it.
 *
 * @param faults their times by signature, ascending
 * @param changedAt epoch seconds
 * @param until epoch seconds: now, or when the machine left the version
 */
record Subject(MachineSignals machine, Map<String, List<Long>> faults, long changedAt, long until) {
    @Nullable
    Series series(String name) {
        return machine.series().get(name);
    }

    /** The same machine, a time ago. */
    Subject earlier(long seconds) {
        return new Subject(machine, faults, changedAt - seconds, until - seconds);
    }

    /** When the fault was first seen in [from, to); null when it was not. */
    @Nullable
    Long firstFault(String signature, long from, long to) {
        List<Long> times = faults.getOrDefault(signature, List.of());
        int low = 0;
        int high = times.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(middle) < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < times.size() && times.get(low) < to ? times.get(low) : null;
    }
}

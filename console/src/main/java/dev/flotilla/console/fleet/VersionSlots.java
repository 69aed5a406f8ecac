package dev.flotilla.console.fleet;

import dev.flotilla.api.NaturalOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * The colour and letter of each version of a service. A version keeps its slot for as long as it is in use, and a new one
 * gets the next slot in turn, so that a version that just left is not mistaken for one that just came.
 */
@Component
public class VersionSlots {
    private final Map<String, Slots> byService = new HashMap<>();

    /** The slots of the versions in use, and of no others. */
    public synchronized Map<String, Slot> of(String service, Collection<String> inUse) {
        return byService.computeIfAbsent(service, s -> new Slots()).assign(inUse);
    }

    /** The slot of one more version, without ending those of the others. */
    public synchronized Slot of(String service, String version) {
        return byService.computeIfAbsent(service, s -> new Slots()).assign(version);
    }

    /** The look of machines that have no version. */
    public Slot none() {
        return Slot.NONE;
    }

    private static final class Slots {
        private final Map<String, Slot> slots = new HashMap<>();
        private Set<String> inUse = Set.of();
        private int last = -1;

        Map<String, Slot> assign(Collection<String> versions) {
            inUse = Set.copyOf(versions);
            Map<String, Slot> assigned = new HashMap<>();
            for (String version : sorted(versions)) {
                assigned.put(version, assign(version));
            }
            return assigned;
        }

        Slot assign(String version) {
            Slot known = slots.get(version);
            if (known != null) {
                return known;
            }
            Slot next = next();
            if (!next.equals(Slot.OTHER)) {
                last = next.number();
                slots.values().removeIf(next::equals);
                slots.put(version, next);
            }
            return next;
        }

        /** The next of the plain colours that no version in use has, then of the patterned ones. */
        private Slot next() {
            Set<Integer> taken = new HashSet<>();
            slots.forEach((version, slot) -> {
                if (inUse.contains(version)) {
                    taken.add(slot.number());
                }
            });
            for (int i = 1; i <= Slot.COLOURS; i++) {
                int candidate = Math.floorMod(last + i, Slot.COLOURS);
                if (!taken.contains(candidate)) {
                    return Slot.of(candidate);
                }
            }
            for (int candidate = Slot.COLOURS; candidate < Slot.MOST; candidate++) {
                if (!taken.contains(candidate)) {
                    return Slot.of(candidate);
                }
            }
            return Slot.OTHER;
        }

        private static Set<String> sorted(Collection<String> versions) {
            Set<String> sorted = new TreeSet<>(NaturalOrder.INSTANCE);
            sorted.addAll(versions);
            return sorted;
        }
    }
}

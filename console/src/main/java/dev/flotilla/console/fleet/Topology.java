package dev.flotilla.console.fleet;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.device.Machine;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machines and their places, as device-manager knows them.
 *
 * @param machines by environment, machine function, fault domain and name, each in {@link NaturalOrder}
 * @param complete false when there are more machines than the console mirrors
 */
record Topology(List<Machine> machines, Map<String, Machine> byName, boolean complete) {

    private static final Comparator<Machine> ORDER = Comparator.comparing(Machine::environment, NaturalOrder.INSTANCE)
            .thenComparing(Machine::machineFunction, NaturalOrder.INSTANCE)
            .thenComparing(Machine::faultDomain, NaturalOrder.INSTANCE)
            .thenComparing(Machine::name, NaturalOrder.INSTANCE);

    static final Topology EMPTY = of(List.of(), true);

    static Topology of(List<Machine> machines, boolean complete) {
        Map<String, Machine> byName = HashMap.newHashMap(machines.size());
        machines.forEach(machine -> byName.put(machine.name(), machine));
        return new Topology(machines.stream().sorted(ORDER).toList(), byName, complete);
    }

    @Nullable
    Machine machine(String name) {
        return byName.get(name);
    }
}

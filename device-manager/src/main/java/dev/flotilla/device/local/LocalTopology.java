package dev.flotilla.device.local;

import dev.flotilla.api.device.Machine;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the machines of the local cluster stand: two environments in two paired regions, two machine functions, five fault domains
 * each. A machine's place depends on its number only, so a cluster that grows leaves its machines where they are.
 */
final class LocalTopology {
    private static final List<String> REGIONS = List.of("east", "west");
    private static final List<String> FUNCTIONS = List.of("web", "worker");
    private static final int FAULT_DOMAINS = 5;

    private LocalTopology() {}

    /** The machines {@code m1} to {@code m<count>}. */
    static List<Machine> machines(int count, String address) {
        return IntStream.range(0, count)
                .mapToObj(index -> machine(index, address))
                .toList();
    }

    private static Machine machine(int index, String address) {
        String region = REGIONS.get(index % 2);
        String function = FUNCTIONS.get(index / 2 % 2);
        String faultDomain = "fd" + (index / 4 % FAULT_DOMAINS + 1);
        return new Machine("m" + (index + 1), "prod-" + region, function, faultDomain, region, address);
    }
}

package dev.flotilla.cli.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final String HERE = "http://127.0.0.1:8084";

    @Test
    void aHundredMachinesAreSpreadEvenly() {
        List<Machine> machines = IntStream.rangeClosed(1, 100)
                .mapToObj(number -> Topology.machine(number, HERE))
                .toList();
        Map<String, Long> groups = machines.stream()
                .collect(groupingBy(machine -> machine.environment() + "/" + machine.machineFunction(), counting()));
        assertThat(groups)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("prod-a/web", 25L, "prod-a/db", 25L, "prod-b/web", 25L, "prod-b/db", 25L));
        Map<String, Long> places = machines.stream()
                .collect(groupingBy(
                        machine -> machine.environment() + machine.machineFunction() + machine.faultDomain(),
                        counting()));
        assertThat(places)
                .hasSize(20)
                .allSatisfy((place, count) -> assertThat(count).isEqualTo(5));
    }

    @Test
    void anEnvironmentLiesInOneRegion() {
        assertThat(IntStream.rangeClosed(1, 100).mapToObj(number -> Topology.machine(number, HERE)))
                .allSatisfy(machine -> assertThat(machine.region())
                        .isEqualTo(machine.environment().equals("prod-a") ? "region-a" : "region-b"));
    }

    @Test
    void machinesThatAreKnownStayWhereTheyAreAndLearnTheNewAddress() {
        Machine moved = new Machine("m1", "elsewhere", "cache", "fd-9", "region-z", "http://127.0.0.1:1");
        Machine settled = new Machine("m2", "elsewhere", "cache", "fd-9", "region-z", HERE);
        Machine unknown = Topology.machine(3, HERE);
        List<Machine> changes = Topology.changes(
                List.of(Topology.machine(1, HERE), Topology.machine(2, HERE), unknown),
                new MachineLookup(List.of(moved, settled), List.of("m3")),
                HERE);
        assertThat(changes).containsExactly(new Machine("m1", "elsewhere", "cache", "fd-9", "region-z", HERE), unknown);
    }
}

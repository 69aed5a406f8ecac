package dev.flotilla.device.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.Machine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LocalTopologyTest {
    private static final String ADDRESS = "http://127.0.0.1:8084";

    @Test
    void aHundredMachinesFillTwoEnvironmentsTwoFunctionsAndFiveFaultDomainsEvenly() {
        List<Machine> machines = LocalTopology.machines(100, ADDRESS);

        Map<String, Long> perFaultDomain = machines.stream()
                .collect(Collectors.groupingBy(
                        m -> m.environment() + "/" + m.machineFunction() + "/" + m.faultDomain(),
                        Collectors.counting()));
        assertThat(perFaultDomain)
                .hasSize(2 * 2 * 5)
                .allSatisfy((place, count) -> assertThat(count).isEqualTo(5));
        assertThat(machines).extracting(Machine::name).startsWith("m1", "m2").endsWith("m100");
    }

    @Test
    void anEnvironmentLiesInOneRegion() {
        assertThat(LocalTopology.machines(50, ADDRESS))
                .allSatisfy(m -> assertThat(m.environment()).isEqualTo("prod-" + m.region()));
    }

    @Test
    void aClusterThatGrowsLeavesItsMachinesWhereTheyAre() {
        assertThat(LocalTopology.machines(200, ADDRESS))
                .startsWith(LocalTopology.machines(100, ADDRESS).toArray(Machine[]::new));
    }
}

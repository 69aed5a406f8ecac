package dev.flotilla.device.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.Machine;
import dev.flotilla.device.topology.Topology;
import dev.flotilla.device.topology.TopologyChanges;
import dev.flotilla.platform.testing.ServiceTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.test.context.TestPropertySource;

@ServiceTest
@TestPropertySource(properties = "flotilla.device.local-cluster.machines=3")
class LocalClusterTest {
    @Autowired
    Topology topology;

    @Autowired
    TopologyChanges changes;

    @Test
    void theMachinesAreThereFromTheStartAndMoreAreAddedWithoutTouchingThem() {
        assertThat(topology.lookup(List.of("m1", "m2", "m3", "m4")).unknown()).containsExactly("m4");
        changes.add(List.of(new Machine("m1", "elsewhere", "db", "fd9", "north", "http://10.0.0.1:8084")));

        var four = new LocalClusterProperties(4, URI.create("http://127.0.0.1:8084"));
        new LocalClusterSetup(four, topology, changes).run(new DefaultApplicationArguments());

        List<Machine> machines = topology.lookup(List.of("m1", "m4")).machines();
        assertThat(machines).extracting(Machine::environment).containsExactly("elsewhere", "prod-west");
    }

    @Test
    void withoutConfigurationThereIsNoLocalCluster() {
        var properties = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("flotilla.device.local-cluster", LocalClusterProperties.class);
        assertThat(properties).isEqualTo(new LocalClusterProperties(0, URI.create("http://127.0.0.1:8084")));
    }
}

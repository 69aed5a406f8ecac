package dev.flotilla.device.local;

import dev.flotilla.api.device.Machine;
import dev.flotilla.device.topology.Topology;
import dev.flotilla.device.topology.TopologyChanges;
import java.util.List;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Adds the machines of the local cluster that are not there yet; what is there stays as it is. */
@Component
@ConditionalOnProperty("flotilla.device.local-cluster.machines")
class LocalClusterSetup implements ApplicationRunner {
    private final LocalClusterProperties properties;
    private final Topology topology;
    private final TopologyChanges changes;

    LocalClusterSetup(LocalClusterProperties properties, Topology topology, TopologyChanges changes) {
        this.properties = properties;
        this.topology = topology;
        this.changes = changes;
    }

    @Override
    public void run(ApplicationArguments args) {
        List<Machine> wanted = LocalTopology.machines(
                properties.machines(), properties.address().toString());
        Set<String> missing = Set.copyOf(
                topology.lookup(wanted.stream().map(Machine::name).toList()).unknown());
        if (!missing.isEmpty()) {
            changes.add(wanted.stream()
                    .filter(machine -> missing.contains(machine.name()))
                    .toList());
        }
    }
}

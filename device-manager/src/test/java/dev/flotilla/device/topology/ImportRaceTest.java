package dev.flotilla.device.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.Machine;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.testing.ServiceTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class ImportRaceTest {
    @Autowired
    TopologyChanges changes;

    @Autowired
    Topology topology;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void anEmptyTopology() {
        TestFleet.clear(jdbc);
    }

    @Test
    void importsAndRemovalsAtTheSameTimeLeaveTheCountsRight() throws Exception {
        List<Callable<Void>> works = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            works.add(() -> {
                for (int round = 0; round < 10; round++) {
                    changes.put(MachineSource.list(someMachines(random)));
                    changes.delete("m" + random.nextInt(100), "tester");
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(works.size())) {
            for (Future<Void> done : threads.invokeAll(works)) {
                done.get();
            }
        }
        assertThat(jdbc.sql("""
                        select count(*) from (
                            select environment, machine_function, fault_domain, region, count(*) as machines
                            from machine group by environment, machine_function, fault_domain, region
                        ) counted
                        full join fault_domain kept using (environment, machine_function, fault_domain, region, machines)
                        where counted.machines is null or kept.machines is null
                        """).query(Long.class).single())
                .as("fault domains whose count is wrong")
                .isZero();
    }

    private static List<Machine> someMachines(Random random) {
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (random.nextBoolean()) {
                machines.add(machine("m" + i, "env" + random.nextInt(3), "fd" + random.nextInt(3), "r"));
            }
        }
        Collections.shuffle(machines, random);
        return machines;
    }

    @Test
    void ofTwoImportsThatPutAnEnvironmentIntoTwoRegionsOneIsRefused() throws Exception {
        for (int round = 0; round < 10; round++) {
            String environment = "env" + round;
            CyclicBarrier start = new CyclicBarrier(2);
            Callable<Boolean> east = () -> imported(start, machine("a-" + environment, environment, "fd1", "east"));
            Callable<Boolean> west = () -> imported(start, machine("b-" + environment, environment, "fd1", "west"));
            try (var threads = Executors.newFixedThreadPool(2)) {
                int done = 0;
                for (Future<Boolean> imported : threads.invokeAll(List.of(east, west))) {
                    done += imported.get() ? 1 : 0;
                }
                assertThat(done).isEqualTo(1);
            }
        }
        assertThat(topology.groups()).hasSize(10);
    }

    private boolean imported(CyclicBarrier start, Machine machine) throws Exception {
        start.await();
        try {
            changes.put(MachineSource.one(machine));
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static Machine machine(String name, String environment, String faultDomain, String region) {
        return new Machine(name, environment, "web", faultDomain, region, "http://10.0.0.1:8084");
    }
}

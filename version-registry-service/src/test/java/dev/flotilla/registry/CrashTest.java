package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.platform.testing.TestDatabase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClientException;

class CrashTest {
    private static final int MACHINES = 8;
    private static final int BEFORE_THE_KILL = 20;

    @Test
    void noAnsweredReportIsLostWhenTheProcessIsKilled() throws IOException, InterruptedException {
        TestDatabase database = TestDatabase.create();
        Map<String, Integer> answered = new ConcurrentHashMap<>();
        CountDownLatch warm = new CountDownLatch(MACHINES * BEFORE_THE_KILL);
        try (RegistryProcess registry = new RegistryProcess(database, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
                ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int m = 0; m < MACHINES; m++) {
                String machine = "m" + m;
                agents.execute(() -> reportUntilNobodyAnswers(registry.agent(machine), machine, answered, warm));
            }
            warm.await();
            registry.kill();
        }

        try (RunningRegistry again = RunningRegistry.start(database, new SettableClock())) {
            List<MachineStatus> machines = again.agent().machines(100, null).items();
            assertThat(machines).hasSize(MACHINES);
            for (MachineStatus machine : machines) {
                int known = Integer.parseInt(
                        String.valueOf(machine.services().getFirst().version()));
                int last = answered.getOrDefault(machine.machine(), 0);
                assertThat(known).as(machine.machine()).isBetween(last, last + 1);
            }
        }
    }

    private static void reportUntilNobodyAnswers(
            RegistryApi registry, String machine, Map<String, Integer> answered, CountDownLatch warm) {
        try {
            for (int version = 1; ; version++) {
                registry.reportRunningVersion(machine, "shop", RunningReport.running(Integer.toString(version)));
                answered.put(machine, version);
                warm.countDown();
            }
        } catch (RestClientException e) {
            // killed
        }
    }
}

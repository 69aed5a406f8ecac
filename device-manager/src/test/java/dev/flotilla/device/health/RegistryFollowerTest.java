package dev.flotilla.device.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.device.repair.RepairRows;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.testing.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class RegistryFollowerTest {
    @TestConfiguration(proxyBeanMethods = false)
    static class World {
        @Bean
        @Primary
        FakeRegistry registry() {
            return new FakeRegistry();
        }
    }

    @Autowired
    FakeRegistry registry;

    @Autowired
    BrokenMachines broken;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void fourMachines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 4, 2);
        registry.forget();
        jdbc.sql("update followed_feed set cursor = null, reader = null").update();
    }

    @Test
    void aMachineIsLostUntilItIsHeardOfAgain() {
        follows();
        registry.change(Change.Kind.LOST, "m1");
        registry.change(Change.Kind.LOST, "nobody-knows-it");
        await().untilAsserted(() -> assertThat(lostNow()).containsExactly("m1"));
        registry.change(Change.Kind.BACK, "m1");
        await().untilAsserted(() -> assertThat(lostNow()).isEmpty());
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
    }

    @Test
    void whatWasMissedIsReadFromTheMachines() {
        follows();
        registry.change(Change.Kind.LOST, "m1");
        await().untilAsserted(() -> assertThat(lostNow()).containsExactly("m1"));
        registry.loseFeed(List.of(status("m1", false), status("m2", true)));
        await().untilAsserted(() -> assertThat(lostNow()).containsExactly("m2"));
    }

    @Test
    void aPageIsTakenOnceHoweverManyRead() {
        follows();
        String cursor = String.valueOf(broken.cursor());
        Change gone = new Change(1, Change.Kind.LOST, "m3", null, null, Instant.now());
        registry.pause();
        assertThat(broken.take(cursor, List.of(gone), "later")).isEqualTo(1);
        assertThat(broken.take(cursor, List.of(gone), "later")).isZero();
        assertThat(broken.takeAll("another", List.of(status("m3", false)))).isFalse();
        assertThat(lostNow()).containsExactly("m3");
    }

    @Test
    void aMachineIsFailingFromACrashOnItUntilTheServiceIsUpAgain() {
        follows();
        registry.runs("m1", "hello", "1.3.0", RunState.CRASHED, 0);
        registry.runs("m2", "hello", "1.3.0", RunState.STARTING, 0);
        registry.runs("m3", "hello", "1.3.0", RunState.RUNNING, 2);
        registry.runs("nobody-knows-it", "hello", "1.3.0", RunState.CRASHED, 0);
        await().untilAsserted(() -> assertThat(failing()).containsExactly("m1: hello 1.3.0 crashed"));
        Instant since = since("m1");
        registry.runs("m1", "hello", "1.3.0", RunState.STARTING, 1);
        registry.runs("m1", "hello", "1.3.0", RunState.CRASHED, 1);
        registry.runs("m1", "web", "2.0.0", RunState.CRASHED, 0);
        await().untilAsserted(
                        () -> assertThat(failing()).containsExactly("m1: hello 1.3.0 crashed, web 2.0.0 crashed"));
        assertThat(since("m1")).isEqualTo(since);
        registry.runs("m1", "hello", "1.3.1", RunState.STARTING, 0);
        registry.runs("m1", "web", "2.0.0", RunState.RUNNING, 1);
        await().untilAsserted(() -> assertThat(failing()).containsExactly("m1: hello 1.3.0 crashed"));
        registry.runs("m1", "hello", "1.3.1", RunState.RUNNING, 0);
        await().untilAsserted(() -> assertThat(failing()).isEmpty());
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
    }

    @Test
    void whatCrashedUnseenIsReadFromTheMachines() {
        follows();
        registry.runs("m1", "hello", "1.3.0", RunState.CRASHED, 0);
        await().untilAsserted(() -> assertThat(failing()).hasSize(1));
        registry.loseFeed(List.of(
                status("m1", false, FakeRegistry.running("m1", "hello", "1.3.0", RunState.RUNNING, 1)),
                status("m2", false, FakeRegistry.running("m2", "hello", "1.3.0", RunState.STARTING, 3))));
        await().untilAsserted(() -> assertThat(failing()).containsExactly("m2: hello 1.3.0 crashed"));
        registry.loseFeed(List.of(status("m2", false)));
        await().untilAsserted(() ->
                assertThat(failing()).as("it is not there any more").isEmpty());
    }

    @Test
    void whatIsToldOfAMachineThatIsNotThereIsKnownWhenItIsAdded() {
        follows();
        registry.runs("m1", "hello", "1.3.0", RunState.CRASHED, 0);
        registry.change(Change.Kind.LOST, "m2");
        await().untilAsserted(() -> assertThat(lostNow()).containsExactly("m2"));
        for (String machine : List.of("m1", "m2")) {
            jdbc.sql("select retire_machine(:name, 'tester')")
                    .param("name", machine)
                    .query(row -> {});
        }
        registry.runs("n1", "hello", "1.3.0", RunState.CRASHED, 0);
        registry.runs("n2", "hello", "1.3.0", RunState.CRASHED, 0);
        registry.runs("n2", "hello", "1.3.0", RunState.RUNNING, 1);
        await().untilAsserted(() -> assertThat(jdbc.sql("select machine from trouble order by machine")
                        .query(String.class)
                        .list())
                .containsExactly("m1", "m2", "n1"));
        for (String machine : List.of("m1", "m2", "n1", "n2")) {
            jdbc.sql("insert into machine values (:name, 'prod', 'web', 'fd1', 'west', 'http://127.0.0.1:1')")
                    .param("name", machine)
                    .update();
        }
        assertThat(failing()).containsExactly("m1: hello 1.3.0 crashed", "n1: hello 1.3.0 crashed");
        assertThat(lostNow()).containsExactly("m2");
        assertThat(jdbc.sql("select count(*) from trouble").query(Integer.class).single())
                .isZero();
        registry.change(Change.Kind.BACK, "m2");
        await().untilAsserted(() -> assertThat(lostNow()).isEmpty());
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
    }

    @Test
    void oneReadsAllMachinesAtATime() {
        follows();
        registry.pause();
        jdbc.sql("update followed_feed set cursor = null, reader = null").update();
        assertThat(broken.mayReadAll("a")).isTrue();
        assertThat(broken.mayReadAll("b")).isFalse();
        assertThat(broken.takeAll("b", List.of(status("m1", true)))).isFalse();
        assertThat(broken.takeAll("a", List.of(status("m3", true)))).isTrue();
        TestFleet.setClock(jdbc, Duration.ofMinutes(2));
        assertThat(broken.mayReadAll("b")).as("a stopped in the middle").isTrue();
        assertThat(broken.takeAll("a", List.of(status("m2", true)))).isFalse();
        assertThat(broken.goOn("a", "late")).isFalse();
        assertThat(broken.goOn("b", "now")).isTrue();
        assertThat(broken.cursor()).isEqualTo("now");
        assertThat(lostNow()).containsExactly("m3");
    }

    private static MachineStatus status(String machine, boolean lost, RunningService... services) {
        return new MachineStatus(machine, Instant.now(), lost, List.of(services));
    }

    private void follows() {
        await().until(() -> broken.cursor() != null);
    }

    private List<String> lostNow() {
        return jdbc.sql("select machine from machine_state where lost_since is not null order by machine")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<String> failing() {
        return jdbc.sql("select machine || ': ' || reason from ailing_health where health = 'FAILING' order by machine")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private Instant since(String machine) {
        return jdbc.sql("select since from machine_health where machine = :machine")
                .param("machine", machine)
                .query((row, number) -> RepairRows.instant(row, "since"))
                .single();
    }
}

package dev.flotilla.device.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.testing.ServiceTest;
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
    LostMachines lost;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void fourMachines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 4, 2);
        registry.forget();
        jdbc.sql("update registry_feed set cursor = null").update();
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
        String cursor = String.valueOf(lost.cursor());
        Change gone = new Change(1, Change.Kind.LOST, "m3", null, null, Instant.now());
        registry.pause();
        assertThat(lost.take(cursor, List.of(gone), "later")).isEqualTo(1);
        assertThat(lost.take(cursor, List.of(gone), "later")).isZero();
        assertThat(lost.takeAll(List.of(status("m3", false)))).isFalse();
        assertThat(lostNow()).containsExactly("m3");
    }

    private static MachineStatus status(String machine, boolean lost) {
        return new MachineStatus(machine, Instant.now(), lost, List.of());
    }

    private void follows() {
        await().until(() -> lost.cursor() != null);
    }

    private List<String> lostNow() {
        return jdbc.sql("select machine from machine_state where lost_since is not null order by machine")
                .query((row, number) -> row.getString(1))
                .list();
    }
}

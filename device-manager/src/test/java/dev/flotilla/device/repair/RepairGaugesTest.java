package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.testing.ServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class RepairGaugesTest {
    @Autowired
    RepairGauges gauges;

    @Autowired
    Claiming claiming;

    @Autowired
    MeterRegistry metrics;

    @Autowired
    JdbcClient jdbc;

    @Test
    void repairsAndMachinesAreShownByStateAndHealth() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 20, 4);
        jdbc.sql("select report_health('tester', '{m2,m3}', '{FAILING,PROBATION}', '{x,x}', interval '1 hour')")
                .query(row -> {});
        double granted = claimed("granted");
        double refused = claimed("fault-domain");
        claiming.claim(RulesTest.request("a", false, null, "m1", "m5", "m6"), "a");
        gauges.read();
        assertThat(repairs("ACTIVE")).isEqualTo(2);
        assertThat(machines("HEALTHY")).isEqualTo(18);
        assertThat(machines("FAILING")).isEqualTo(1);
        assertThat(machines("PROBATION")).isEqualTo(1);
        assertThat(machines("LOST")).isZero();
        assertThat(claimed("granted") - granted).isEqualTo(2);
        assertThat(claimed("fault-domain") - refused).isEqualTo(1);

        TestFleet.setClock(jdbc, Duration.ofMinutes(11));
        gauges.read();
        assertThat(metrics.find("flotilla.repairs").tag("state", "ACTIVE").gauge())
                .isNull();
    }

    private double claimed(String result) {
        return metrics.counter("flotilla.claims", "result", result).count();
    }

    private double repairs(String state) {
        return metrics.get("flotilla.repairs")
                .tags("kind", "DEPLOY", "state", state)
                .gauge()
                .value();
    }

    private double machines(String health) {
        return metrics.get("flotilla.machines").tag("health", health).gauge().value();
    }
}

package dev.flotilla.device.repair;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Shows how many repairs are in which state that is no end, and how many machines are how. */
@Component
class RepairGauges {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final MultiGauge repairs;
    private final MultiGauge machines;

    RepairGauges(JdbcClient jdbc, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.repairs = MultiGauge.builder("flotilla.repairs")
                .description("repairs that have not ended")
                .register(metrics);
        this.machines = MultiGauge.builder("flotilla.machines")
                .description("machines by their health")
                .register(metrics);
    }

    /** Reads them anew; says how long to pause. */
    Duration read() {
        repairs.register(
                jdbc.sql("""
                        select kind, state, count(*) as repairs
                        from repair_now
                        where recorded in ('REQUESTED', 'APPROVED', 'ACTIVE', 'VERIFYING') and state <> 'EXPIRED'
                        group by kind, state
                        """)
                        .query((row, number) -> Row.of(
                                Tags.of("kind", row.getString("kind"), "state", row.getString("state")),
                                row.getLong("repairs")))
                        .list(),
                true);
        machines.register(
                jdbc.sql("""
                        select l.failing, l.lost, p.probation, a.machines - l.failing - l.lost - p.probation as healthy
                        from (select coalesce(sum(failing), 0) as failing, coalesce(sum(lost), 0) as lost from domain_load) l,
                             (select coalesce(sum(machines), 0) as machines from fault_domain) a,
                             (select count(*) as probation from machine_state
                              where probation_until > clock() and not broken) p
                        """)
                        .query((row, number) -> List.of(
                                machines("HEALTHY", row.getLong("healthy")),
                                machines("FAILING", row.getLong("failing")),
                                machines("PROBATION", row.getLong("probation")),
                                machines("LOST", row.getLong("lost"))))
                        .single(),
                true);
        return INTERVAL;
    }

    private static Row<Number> machines(String health, long count) {
        return Row.of(Tags.of("health", health), count);
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts of all rollouts, over all instances: read when they are asked for, and kept a few seconds. */
@Component
class RolloutGauges {
    private static final Duration KEPT = Duration.ofSeconds(5);
    private final JdbcClient jdbc;
    private final InstantSource time;
    private Map<String, Double> values = Map.of();
    private Instant readAt = Instant.MIN;

    RolloutGauges(JdbcClient jdbc, InstantSource time, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.time = time;
        for (MachinePhase phase : MachinePhase.values()) {
            String name = phase.name().toLowerCase(Locale.ROOT);
            Gauge.builder("flotilla.rollout.machines", () -> value(name))
                    .description("machines of rollouts that are not superseded, by phase")
                    .tag("phase", name)
                    .register(meters);
        }
        for (DeploymentState state : DeploymentState.values()) {
            Gauge.builder("flotilla.rollouts", () -> value(state.name()))
                    .description("rollouts by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    private synchronized double value(String name) {
        Instant now = time.instant();
        if (readAt.isBefore(now.minus(KEPT))) {
            readAt = now;
            try {
                values = read();
            } catch (DataAccessException e) {
                values = Map.of();
            }
        }
        return values.getOrDefault(name, values.isEmpty() ? Double.NaN : 0);
    }

    private Map<String, Double> read() {
        Map<String, Double> read = new HashMap<>();
        jdbc.sql("""
                        select state, count(*) as rollouts, sum(waiting) as waiting, sum(fetching) as fetching, sum(switching) as switching,
                            sum(running) as running, sum(failed) as failed, sum(excused) as excused, sum(superseded) as superseded
                        from rollout group by state
                        """).query(row -> {
            read.put(row.getString("state"), row.getDouble("rollouts"));
            for (MachinePhase phase : MachinePhase.values()) {
                String name = phase.name().toLowerCase(Locale.ROOT);
                if (!row.getString("state").equals(DeploymentState.SUPERSEDED.name())
                        || phase == MachinePhase.SUPERSEDED) {
                    read.merge(name, row.getDouble(name), Double::sum);
                }
            }
        });
        read.putIfAbsent("waiting", 0.0);
        return read;
    }
}

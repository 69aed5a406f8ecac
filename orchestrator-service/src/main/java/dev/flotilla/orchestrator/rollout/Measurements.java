package dev.flotilla.orchestrator.rollout;

import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How long machines took from their first order until they were found to run the version. */
@Repository
public class Measurements {
    private static final int ROLLOUTS = 20;
    private final JdbcClient jdbc;

    Measurements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The changes of one rollout.
     *
     * @param median the time that half of them took at most
     */
    public record Measured(String rollout, int changes, Duration median) {}

    /** Of the rollout itself, or else of the latest before it in its group; empty where none of the last {@value #ROLLOUTS} changed anything. */
    public Optional<Measured> ofGroup(Rollout rollout) {
        return latest(
                "service = :service and environment = :environment and machine_function = :function and revision <= :revision",
                rollout);
    }

    /** Of a rollout of the service in any group, of an earlier deployment. */
    public Optional<Measured> ofService(Rollout rollout) {
        return latest("service = :service and revision < :revision and completed_at is not null", rollout);
    }

    private Optional<Measured> latest(String of, Rollout rollout) {
        return jdbc.sql("""
                        select r.id, count(*) as changes,
                            percentile_cont(0.5) within group (order by extract(epoch from o.done_at - o.ordered_at)) as seconds
                        from (select id, revision from rollout where %s order by revision desc limit %d) r
                        join machine_order o on o.rollout = r.id
                        where o.attempt = 1 and o.done_at > o.ordered_at
                        group by r.id, r.revision order by r.revision desc limit 1
                        """.formatted(of, ROLLOUTS))
                .param("service", rollout.service())
                .param("environment", rollout.environment())
                .param("function", rollout.machineFunction())
                .param("revision", rollout.revision())
                .query((row, number) -> new Measured(
                        row.getString("id"),
                        row.getInt("changes"),
                        Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000))))
                .optional();
    }
}

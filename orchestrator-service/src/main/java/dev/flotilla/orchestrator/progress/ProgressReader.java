package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.orchestrator.rollback.LeftBehind;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads how far deployments are, as last written down. */
@Repository
class ProgressReader {
    private static final String DEPLOYMENTS = """
            select d.*, coalesce(r.waiting, 0) as waiting, coalesce(r.fetching, 0) as fetching, coalesce(r.switching, 0) as switching,
                coalesce(r.running, 0) as running, coalesce(r.failed, 0) as failed, coalesce(r.excused, 0) as excused,
                coalesce(r.superseded, 0) as superseded,
                b.taken as rolled_back, b.ways, b.left_behind
            from deployment d left join lateral (
                select count(*) > 0 as taken, case when bool_and(back.settled_at is not null) then
                    array(select distinct way from rollback one join rollout r on r.id = one.rollout, unnest(one.ways) as way where r.deployment = d.id) end as ways,
                array_agg(back.left_behind order by taken.id) filter (where back.left_behind is not null and taken.superseded
                    < taken.waiting + taken.fetching + taken.switching + taken.running + taken.failed + taken.excused + taken.superseded) as left_behind
                from rollback back join rollout taken on taken.id = back.rollout where taken.deployment = d.id) b on true
            left join lateral (
                select sum(waiting) as waiting, sum(fetching) as fetching, sum(switching) as switching, sum(running) as running,
                    sum(failed) as failed, sum(excused) as excused, sum(superseded) as superseded
                from rollout where deployment = d.id) r on true
            """;
    private final JdbcClient jdbc;
    private final Rollouts rollouts;

    ProgressReader(JdbcClient jdbc, Rollouts rollouts) {
        this.jdbc = jdbc;
        this.rollouts = rollouts;
    }

    Optional<DeploymentProgress> deployment(String id) {
        List<RolloutProgress> parts =
                rollouts.of(id).stream().map(ProgressReader::progress).toList();
        return jdbc.sql(DEPLOYMENTS + " where d.id = :id")
                .param("id", id)
                .query((row, number) -> read(row, parts))
                .optional();
    }

    /** Deployments with a revision below the given one, newest first. */
    List<DeploymentProgress> deploymentsBefore(long revision, int limit) {
        return jdbc.sql(DEPLOYMENTS + " where d.revision < :revision order by d.revision desc limit :limit")
                .param("revision", revision)
                .param("limit", limit)
                .query((row, number) -> read(row, List.of()))
                .list();
    }

    /** A number for each deployment that rises with every change of it. */
    Map<String, Long> changes(Collection<String> deployments) {
        Map<String, Long> changes = new HashMap<>();
        jdbc.sql("""
                        select d.id, d.changes + coalesce((select sum(r.changes) from rollout r where r.deployment = d.id), 0) as changes
                        from deployment d where d.id = any(:ids)
                        """).param("ids", deployments.toArray(String[]::new)).query(row -> {
            changes.put(row.getString("id"), row.getLong("changes"));
        });
        return changes;
    }

    private static RolloutProgress progress(Rollout rollout) {
        return new RolloutProgress(
                rollout.id(),
                rollout.environment(),
                rollout.machineFunction(),
                rollout.state(),
                rollout.reason(),
                rollout.counts(),
                rollout.startedAt(),
                rollout.completedAt());
    }

    private static DeploymentProgress read(ResultSet row, List<RolloutProgress> parts) throws SQLException {
        Timestamp completed = row.getTimestamp("completed_at");
        return new DeploymentProgress(
                row.getString("id"),
                row.getString("service"),
                row.getString("version"),
                DeploymentState.valueOf(row.getString("state")),
                row.getString("reason"),
                new Counts(
                        row.getInt("waiting"),
                        row.getInt("fetching"),
                        row.getInt("switching"),
                        row.getInt("running"),
                        row.getInt("failed"),
                        row.getInt("excused"),
                        row.getInt("superseded")),
                row.getTimestamp("declared_at").toInstant(),
                row.getTimestamp("started_at").toInstant(),
                completed == null ? null : completed.toInstant(),
                row.getBoolean("rolled_back"),
                ways(row),
                leftBehind(row),
                parts);
    }

    /** Newer deployments may have all machines of a rollout meanwhile. */
    private static @Nullable String leftBehind(ResultSet row) throws SQLException {
        Array groups = row.getArray("left_behind");
        return groups == null
                ? null
                : LeftBehind.sentence(row.getString("version"), List.of((String[]) groups.getArray()));
    }

    private static @Nullable List<String> ways(ResultSet row) throws SQLException {
        Array ways = row.getArray("ways");
        return ways == null
                ? null
                : Stream.of((String[]) ways.getArray())
                        .sorted(NaturalOrder.INSTANCE)
                        .toList();
    }
}

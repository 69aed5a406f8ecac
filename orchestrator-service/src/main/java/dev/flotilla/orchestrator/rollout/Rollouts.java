package dev.flotilla.orchestrator.rollout;

import dev.flotilla.orchestrator.decision.Elsewhere;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads rollouts. */
@Repository
public class Rollouts {
    private final JdbcClient jdbc;

    public Rollouts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Rollout> find(String id) {
        return jdbc.sql("select " + RolloutRows.COLUMNS
                        + " from rollout r join deployment d on d.id = r.deployment where r.id = :id")
                .param("id", id)
                .query(RolloutRows::read)
                .optional();
    }

    /** What the rollout's epoch is now; empty where there is no such rollout. */
    public Optional<Long> epoch(String id) {
        return jdbc.sql("select epoch from rollout where id = :id")
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    /** The rollouts of a deployment, by id. */
    public List<Rollout> of(String deployment) {
        return jdbc.sql(
                        "select " + RolloutRows.COLUMNS
                                + " from rollout r join deployment d on d.id = r.deployment where r.deployment = :id order by r.id collate \"C\"")
                .param("id", deployment)
                .query(RolloutRows::read)
                .list();
    }

    /** Notes the fault domain whose impact the tenants are asked about; null when they were told of its end. */
    public void impact(String id, @Nullable String faultDomain) {
        jdbc.sql("update rollout set impact_domain = :domain where id = :id")
                .param("domain", faultDomain)
                .param("id", id)
                .update();
    }

    /** True where it is taken back for good: it can't be resumed. */
    public boolean takenBack(String id) {
        return jdbc.sql("select exists (select from rollback where rollout = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** The machines of a rollout that is taken back that had nothing to go back to, in words; empty where there are none. */
    public Optional<String> leftBehind(String id) {
        return jdbc.sql("select left_behind from rollback where rollout = :id and left_behind is not null")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** The machines that a rollout has changed, or begun to change. */
    public Set<String> begun(String id) {
        return Set.copyOf(jdbc.sql("select machine from machine_order where rollout = :id and state <> 'AHEAD'")
                .param("id", id)
                .query(String.class)
                .list());
    }

    /** Those of the rollouts of a deployment that are taken back. */
    public Set<String> takenBackOf(String deployment) {
        return Set.copyOf(jdbc.sql(
                        "select b.rollout from rollback b join rollout r on r.id = b.rollout where r.deployment = :deployment")
                .param("deployment", deployment)
                .query(String.class)
                .list());
    }

    /** The older rollouts of the service in the same group that have machines still, the newest first. */
    public List<Rollout> standing(Rollout rollout) {
        return jdbc.sql("select " + RolloutRows.COLUMNS + """
                         from rollout r join deployment d on d.id = r.deployment
                        where r.service = :service and r.environment = :environment and r.machine_function = :function
                            and r.revision < :revision and r.state not in ('SUPERSEDED', 'ABORTED')
                        order by r.revision desc
                        """)
                .param("service", rollout.service())
                .param("environment", rollout.environment())
                .param("function", rollout.machineFunction())
                .param("revision", rollout.revision())
                .query(RolloutRows::read)
                .list();
    }

    /** True while nobody has written to the rollout since the decision that was written under this epoch. */
    public boolean unchanged(String id, long epoch) {
        return jdbc.sql("select exists (select from rollout where id = :id and epoch = :epoch)")
                .param("id", id)
                .param("epoch", epoch)
                .query(Boolean.class)
                .single();
    }

    /** What newer deployments of the service have of the rollout's group, the newest first. */
    public List<Claim> newerThan(Rollout rollout) {
        return jdbc.sql("""
                        select deployment, revision, machines from rollout
                        where service = :service and environment = :environment and machine_function = :function and revision > :revision
                        order by revision desc
                        """)
                .param("service", rollout.service())
                .param("environment", rollout.environment())
                .param("function", rollout.machineFunction())
                .param("revision", rollout.revision())
                .query((row, number) -> claim(row))
                .list();
    }

    /** The same of many rollouts, by id; without those of which there is nothing newer. */
    public Map<String, List<Claim>> newerThan(Collection<Rollout> rollouts) {
        Map<String, List<Claim>> newer = new HashMap<>();
        jdbc.sql("""
                        select t.id, r.deployment, r.revision, r.machines from rollout t
                        join rollout r on r.service = t.service and r.environment = t.environment and r.machine_function = t.machine_function
                            and r.revision > t.revision
                        where t.id = any(:ids) order by r.revision desc
                        """)
                .param("ids", rollouts.stream().map(Rollout::id).toArray(String[]::new))
                .query(row -> {
                    newer.computeIfAbsent(row.getString("id"), any -> new ArrayList<>())
                            .add(claim(row));
                });
        return newer;
    }

    private static Claim claim(ResultSet row) throws SQLException {
        List<String> names = RolloutRows.names(row);
        return new Claim(
                row.getString("deployment"), row.getLong("revision"), names == null ? null : Set.copyOf(names));
    }

    /** What the other rollouts of the same deployment count; failed are those that they ordered. */
    public Elsewhere elsewhere(Rollout rollout) {
        return jdbc.sql("""
                        select coalesce(sum(machines), 0) as machines, coalesce(sum(least(failed, ordered)), 0) as failed
                        from (select waiting + fetching + switching + running + failed + excused as machines, failed,
                                     case when failed > 0 then (select count(*) from machine_order o
                                                                where o.rollout = r.id and o.state = 'FAILED' and o.failures >= :attempts)
                                     else 0 end as ordered
                              from rollout r where deployment = :deployment and id <> :id) others
                        """)
                .param(
                        "attempts",
                        Objects.requireNonNull(rollout.options().orDefaults().maxAttempts()))
                .param("deployment", rollout.deployment())
                .param("id", rollout.id())
                .query((row, number) -> new Elsewhere(row.getInt("machines"), row.getInt("failed")))
                .single();
    }
}

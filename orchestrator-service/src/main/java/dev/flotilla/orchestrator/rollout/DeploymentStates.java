package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The states of deployments, which follow from those of their rollouts; halting and resuming them as a whole. */
@Repository
public class DeploymentStates {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Ticks ticks;

    DeploymentStates(JdbcClient jdbc, TransactionTemplate transaction, Ticks ticks) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.ticks = ticks;
    }

    /**
     * The other rollouts of the deployment halt too. By their new epoch a decision that was made on them just before is not written any more, and
     * the orders of one that was written already are not sent any more ({@link Rollouts#stands}). What was sent before may still switch its
     * machine, until the order lapses; bytes that come later are kept and not switched to.
     */
    void halt(Rollout rollout, String reason) {
        jdbc.sql("update deployment set reason = :reason, changes = changes + 1 where id = :id")
                .param("id", rollout.deployment())
                .param("reason", reason)
                .update();
        List<String> halted = jdbc.sql("""
                        update rollout set state = 'HALTED', reason = :reason, epoch = nextval('epoch'), changes = changes + 1
                        where deployment = :deployment and id <> :id and state in ('ROLLING_OUT', 'COMPLETE')
                        returning id
                        """)
                .param("deployment", rollout.deployment())
                .param("id", rollout.id())
                .param("reason", reason)
                .query((row, number) -> row.getString("id"))
                .list();
        ticks.wake(halted);
    }

    /** Nobody else changes the deployment's state until the caller's transaction ends. */
    void lock(String deployment) {
        jdbc.sql("select id from deployment where id = :id for update")
                .param("id", deployment)
                .query(String.class)
                .single();
    }

    /** The deployment is where its rollouts are. */
    void followRollouts(String deployment, Instant now) {
        jdbc.sql("""
                        update deployment d set state = n.state, changes = d.changes + 1,
                            reason = case when n.state = 'HALTED' then d.reason end,
                            completed_at = case when n.state = 'COMPLETE' then coalesce(d.completed_at, :now) else d.completed_at end
                        from (select case
                                when bool_and(state = 'SUPERSEDED') then 'SUPERSEDED'
                                when bool_or(state = 'HALTED') then 'HALTED'
                                when bool_and(state in ('COMPLETE', 'SUPERSEDED')) then 'COMPLETE'
                                else 'ROLLING_OUT' end as state
                              from rollout where deployment = :id) n
                        where d.id = :id and d.state <> n.state
                        """).param("id", deployment).param("now", at(now)).update();
    }

    /**
     * Lets a halted deployment go on: failures are forgotten, its rollouts roll out again.
     *
     * @return false when it is not halted; nothing is changed then
     */
    public boolean resume(String deployment, String who, String why, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            lock(deployment);
            List<String> resumed = jdbc.sql("""
                            update rollout set state = 'ROLLING_OUT', reason = null, epoch = nextval('epoch'), changes = changes + 1
                            where deployment = :id and state = 'HALTED'
                            returning id
                            """)
                    .param("id", deployment)
                    .query((row, number) -> row.getString("id"))
                    .list();
            if (resumed.isEmpty()) {
                return false;
            }
            jdbc.sql("""
                            update machine_order set failures = 0, next_at = :now
                            where rollout = any(:rollouts) and state = 'FAILED'
                            """)
                    .param("rollouts", resumed.toArray(String[]::new))
                    .param("now", at(now))
                    .update();
            jdbc.sql("insert into resumption values (:id, :who, :why, :now)")
                    .param("id", deployment)
                    .param("who", who)
                    .param("why", why)
                    .param("now", at(now))
                    .update();
            followRollouts(deployment, now);
            ticks.wake(resumed);
            return true;
        }));
    }
}

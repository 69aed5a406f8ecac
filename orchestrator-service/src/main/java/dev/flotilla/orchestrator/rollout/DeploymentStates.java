package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The states of deployments, which follow from those of their rollouts; halting them as a whole. */
@Repository
public class DeploymentStates {
    private final JdbcClient jdbc;
    private final Ticks ticks;
    private final History history;

    DeploymentStates(JdbcClient jdbc, Ticks ticks, History history) {
        this.jdbc = jdbc;
        this.ticks = ticks;
        this.history = history;
    }

    /**
     * The other rollouts of the deployment halt too. By their new epoch a decision that was made on them just before is not written any more, and
     * the orders of one that was written already are not sent any more ({@link DecisionFence}). What was sent before may still switch its
     * machine, until the order lapses; bytes that come later are kept and not switched to.
     */
    void halt(Rollout rollout, String reason) {
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

    /** These of its rollouts have ended, where they are halted: their machines are left as they are. In the caller's transaction. */
    void end(String deployment, List<String> rollouts, Instant now) {
        List<String> ended = jdbc.sql("""
                        update rollout set state = 'ABORTED', epoch = nextval('epoch'), changes = changes + 1
                        where deployment = :deployment and id = any(:rollouts) and state = 'HALTED'
                        returning id
                        """)
                .param("deployment", deployment)
                .param("rollouts", rollouts.toArray(String[]::new))
                .query((row, number) -> row.getString("id"))
                .list();
        jdbc.sql("update deployment set changes = changes + 1 where id = :id")
                .param("id", deployment)
                .update();
        followRollouts(deployment, now);
        ticks.begin(ended);
        ticks.wake(ended);
    }

    /** Nobody else changes the deployment's state until the caller's transaction ends. */
    void lock(String deployment) {
        jdbc.sql("select id from deployment where id = :id for update")
                .param("id", deployment)
                .query(String.class)
                .single();
    }

    /**
     * The deployment is where its rollouts are, for the reason of those that brought it there; a pause is one only where nothing else is. That it is
     * complete stands in its history.
     */
    void followRollouts(String deployment, Instant now) {
        boolean completed = jdbc.sql("""
                        with before as (select state from deployment where id = :id)
                        update deployment d set state = n.state, changes = d.changes + 1,
                            reason = n.reason,
                            completed_at = case when n.state = 'COMPLETE' then coalesce(d.completed_at, :now) else d.completed_at end
                        from (select s.state, coalesce(min(r.reason) filter (where r.state in ('HALTED', 'ABORTED') and not starts_with(r.reason, :paused)),
                                min(r.reason) filter (where r.state in ('HALTED', 'ABORTED'))) as reason
                            from (select case
                                when bool_and(state = 'SUPERSEDED') then 'SUPERSEDED'
                                when bool_or(state = 'HALTED') then 'HALTED'
                                when bool_and(state in ('COMPLETE', 'SUPERSEDED')) then 'COMPLETE'
                                when bool_and(state in ('COMPLETE', 'SUPERSEDED', 'ABORTED')) then 'ABORTED'
                                else 'ROLLING_OUT' end as state
                              from rollout where deployment = :id) s
                            left join rollout r on r.deployment = :id and r.state = s.state
                            group by s.state) n
                        where d.id = :id and (d.state <> n.state or d.reason is distinct from n.reason)
                        returning d.state = 'COMPLETE' and d.state <> (select state from before)
                        """)
                .param("id", deployment)
                .param("paused", DeploymentState.PAUSED_BY)
                .param("now", at(now))
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (completed) {
            history.add(deployment, null, History.ITSELF, History.COMPLETION, outcome(deployment), now);
        }
    }

    private String outcome(String deployment) {
        return jdbc.sql("""
                        select d.version, sum(r.running) as running, sum(r.excused) as excused, sum(r.failed) as failed
                        from deployment d join rollout r on r.deployment = d.id
                        where d.id = :id group by d.version
                        """)
                .param("id", deployment)
                .query((row, number) -> {
                    long running = row.getLong("running");
                    long excused = row.getLong("excused");
                    long failed = row.getLong("failed");
                    return running
                            + (running == 1 ? " machine runs " : " machines run ")
                            + row.getString("version")
                            + (excused == 0 ? "" : ", " + excused + (excused == 1 ? " is" : " are") + " passed by")
                            + (failed == 0 ? "" : ", " + failed + " failed");
                })
                .single();
    }
}

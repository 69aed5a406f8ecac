package dev.flotilla.orchestrator.rollout;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When each rollout is looked at next: rows of db-scheduler's table, written in bulk and in the caller's transaction. */
@Repository
public class Ticks {
    /** The name of db-scheduler's task; its instances are the ids of rollouts. */
    public static final String TASK = "rollout";

    private final JdbcClient jdbc;
    private final InstantSource time;

    Ticks(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** From now on the rollouts are looked at, the first time at once. */
    void begin(Collection<String> rollouts) {
        jdbc.sql("""
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        select :task, id, :now, false, 1 from unnest(:ids::text[]) as id
                        on conflict do nothing
                        """)
                .param("task", TASK)
                .param("now", RolloutRows.at(time.instant()))
                .param("ids", rollouts.toArray(String[]::new))
                .update();
    }

    /**
     * From now on the rollout is not looked at any more, but for what was written to it since it was looked at: whoever did so found it being looked at.
     *
     * @param version of the row of db-scheduler, which whoever looks at the rollout holds
     * @return false when somebody has written to it after this epoch, or looks at it by now
     */
    public boolean end(String rollout, long version, long epoch) {
        return jdbc.sql("""
                        with unchanged as materialized (select from rollout where id = :rollout and epoch = :epoch for update)
                        delete from scheduled_tasks
                        where task_name = :task and task_instance = :rollout and version = :version
                            and exists (select from unchanged)
                        """)
                        .param("task", TASK)
                        .param("rollout", rollout)
                        .param("version", version)
                        .param("epoch", epoch)
                        .update()
                == 1;
    }

    /** Those of the rollouts that are never looked at again. */
    public List<String> over(Collection<String> rollouts) {
        return jdbc.sql("""
                        select id from unnest(:ids::text[]) as id
                        where not exists (select from scheduled_tasks where task_name = :task and task_instance = id)
                        """)
                .param("task", TASK)
                .param("ids", rollouts.toArray(String[]::new))
                .query((row, number) -> row.getString("id"))
                .list();
    }

    /** Brings the next look at the rollouts forward to now. Those that are being looked at this moment are left as they are. */
    public void wake(Collection<String> rollouts) {
        if (rollouts.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update scheduled_tasks set execution_time = :now, version = version + 1
                        where task_name = :task and task_instance = any(:ids) and not picked and execution_time > :now
                        """)
                .param("task", TASK)
                .param("now", RolloutRows.at(time.instant()))
                .param("ids", rollouts.toArray(String[]::new))
                .update();
    }
}

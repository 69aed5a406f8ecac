package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Rollouts that are taken back. */
@Repository
public class Rollbacks {
    private static final String ROLL_BACK = "roll-back";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final History history;
    private final DeploymentStates deployments;

    Rollbacks(JdbcClient jdbc, TransactionTemplate transaction, History history, DeploymentStates deployments) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.history = history;
        this.deployments = deployments;
    }

    /** A deployment that is being taken back, by whom and why; and what stood in the way the last time. */
    public record Open(
            String deployment,
            List<String> rollouts,
            String askedBy,
            String reason,
            @Nullable String problem) {}

    /** From now on these rollouts are taken back, in the caller's transaction. */
    void ask(Collection<String> rollouts, String who, String why, Instant now) {
        jdbc.sql("""
                        insert into rollback (rollout, asked_at, asked_by, reason)
                        select id, :now, :who, :why from unnest(:rollouts::text[]) as id
                        on conflict do nothing
                        """)
                .param("rollouts", rollouts.toArray(String[]::new))
                .param("who", who)
                .param("why", why)
                .param("now", at(now))
                .update();
    }

    /** All of a deployment that halted by itself is taken back, in the caller's transaction. */
    void askByItself(String deployment, String why, Instant now) {
        List<String> rollouts = jdbc.sql(
                        "select id from rollout where deployment = :deployment and state not in ('SUPERSEDED', 'ABORTED')")
                .param("deployment", deployment)
                .query((row, number) -> row.getString("id"))
                .list();
        ask(rollouts, History.ITSELF, why, now);
        history.add(deployment, null, History.ITSELF, ROLL_BACK, why, now);
    }

    /** The deployments for whose way back nothing has been declared yet, the oldest first. */
    public List<Open> open() {
        return jdbc.sql("""
                        select r.deployment, array_agg(r.id order by r.id) as rollouts, min(b.asked_by) as asked_by, min(b.reason) as reason,
                            min(b.problem) as problem
                        from rollback b join rollout r on r.id = b.rollout
                        where b.settled_at is null
                        group by r.deployment order by min(b.asked_at)
                        """)
                .query((row, number) -> new Open(
                        row.getString("deployment"),
                        List.of((String[]) row.getArray("rollouts").getArray()),
                        row.getString("asked_by"),
                        row.getString("reason"),
                        row.getString("problem")))
                .list();
    }

    /** The ways back of a deployment that have been taken in, oldest first. */
    public List<String> of(String deployment) {
        return jdbc.sql("select id from deployment where rollback_of = :deployment order by revision")
                .param("deployment", deployment)
                .query((row, number) -> row.getString("id"))
                .list();
    }

    /**
     * The way back is declared, or there is none, and what is taken back has ended; of two that say so, one is heard.
     *
     * @param ways the deployments that bring the machines back
     * @param left the rollouts that have machines which no way back takes over
     * @param behind of the rollouts that leave changed machines behind which have nothing to go back to, those in words
     */
    public void settle(
            Open open, List<String> ways, List<String> left, Map<String, String> behind, String outcome, Instant now) {
        transaction.executeWithoutResult(status -> {
            deployments.lock(open.deployment());
            int changed = jdbc.sql("""
                            update rollback set settled_at = :now, problem = null, ways = :ways
                            where rollout = any(:rollouts) and settled_at is null
                            """)
                    .param("rollouts", open.rollouts().toArray(String[]::new))
                    .param("ways", ways.toArray(String[]::new))
                    .param("now", at(now))
                    .update();
            if (changed > 0) {
                behind.forEach((rollout, machines) -> jdbc.sql(
                                "update rollback set left_behind = :machines where rollout = :rollout")
                        .param("machines", machines)
                        .param("rollout", rollout)
                        .update());
                history.add(open.deployment(), null, History.ITSELF, "rolled-back", outcome, now);
                deployments.end(open.deployment(), left, now);
            }
        });
    }

    /** Something stands in the way, and it is tried again. */
    public void trouble(Open open, String problem, Instant now) {
        if (!problem.equals(open.problem())) {
            transaction.executeWithoutResult(status -> {
                int changed = jdbc.sql(
                                "update rollback set problem = :problem"
                                        + " where rollout = any(:rollouts) and settled_at is null and problem is distinct from :problem")
                        .param("rollouts", open.rollouts().toArray(String[]::new))
                        .param("problem", problem)
                        .update();
                if (changed > 0) {
                    history.add(open.deployment(), null, History.ITSELF, ROLL_BACK, problem, now);
                }
            });
        }
    }
}

package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What commands make of the rows of rollouts, and to which of them they apply. */
@Repository
class CommandedRollouts {
    private static final String NOT_TAKEN_BACK = "not exists (select from rollback b where b.rollout = rollout.id)";

    private final JdbcClient jdbc;
    private final Rollbacks rollbacks;

    CommandedRollouts(JdbcClient jdbc, Rollbacks rollbacks) {
        this.jdbc = jdbc;
        this.rollbacks = rollbacks;
    }

    /**
     * Carries a command out on those rollouts that it applies to, in the caller's transaction.
     *
     * @param rollout the one that it is for; null for all of the deployment
     * @return their ids
     */
    List<String> obey(
            Command command, String deployment, @Nullable String rollout, String who, String why, Instant now) {
        List<String> touched = touch(command, deployment, rollout, who, why, now);
        if (command == Command.RESUME || command == Command.RETRY_FAILED) {
            retryFailed(touched, now);
        }
        if (command == Command.ROLL_BACK && !touched.isEmpty()) {
            rollbacks.ask(touched, who, why, now);
        }
        return touched;
    }

    /** Read where they were found not to apply, so that a refusal names what it is about. */
    Set<DeploymentState> states(String deployment, @Nullable String rollout) {
        return new TreeSet<>(jdbc.sql("""
                        select distinct state from rollout
                        where deployment = :deployment and (cast(:rollout as text) is null or id = :rollout)
                        """)
                .param("deployment", deployment)
                .param("rollout", rollout)
                .query((row, number) -> DeploymentState.valueOf(row.getString("state")))
                .list());
    }

    private List<String> touch(
            Command command, String deployment, @Nullable String rollout, String who, String why, Instant now) {
        String change = switch (command) {
            case PAUSE -> "state = 'HALTED', reason = :reason where state in ('ROLLING_OUT', 'COMPLETE')";
            case RESUME ->
                "state = 'ROLLING_OUT', reason = null, progressed_at = :now where state = 'HALTED' and "
                        + NOT_TAKEN_BACK;
            case ROLL_BACK ->
                "state = 'HALTED', reason = :reason where state in ('ROLLING_OUT', 'COMPLETE', 'HALTED') and "
                        + NOT_TAKEN_BACK;
            case ABORT -> "state = 'ABORTED', reason = :reason where state in ('ROLLING_OUT', 'COMPLETE', 'HALTED')";
            case PROMOTE -> "promoted_at = :now where state = 'ROLLING_OUT'";
            case RETRY_FAILED ->
                "progressed_at = :now where state in ('ROLLING_OUT', 'COMPLETE') and exists (select from machine_order o"
                        + " where o.rollout = rollout.id and o.state = 'FAILED')";
        };
        return jdbc.sql(
                        "update rollout set epoch = nextval('epoch'), changes = changes + 1, " + change
                                + " and deployment = :deployment and (cast(:rollout as text) is null or id = :rollout) returning id")
                .param("reason", Commands.reason(Commands.word(command), who, why))
                .param("now", at(now))
                .param("deployment", deployment)
                .param("rollout", rollout)
                .query((row, number) -> row.getString("id"))
                .list();
    }

    private void retryFailed(List<String> rollouts, Instant now) {
        jdbc.sql("""
                        update machine_order set failures = 0, next_at = :now
                        where rollout = any(:rollouts) and state = 'FAILED'
                        """)
                .param("rollouts", rollouts.toArray(String[]::new))
                .param("now", at(now))
                .update();
    }
}

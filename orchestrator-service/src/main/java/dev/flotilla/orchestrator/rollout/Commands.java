package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people tell deployments. A command takes a new epoch for each rollout that it touches: what was decided just before is void, and orders
 * that have not been sent are not sent any more.
 */
@Repository
public class Commands {
    private static final String NOT_TAKEN_BACK = "not exists (select from rollback b where b.rollout = rollout.id)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DeploymentStates deployments;
    private final History history;
    private final Rollbacks rollbacks;
    private final Ticks ticks;

    Commands(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DeploymentStates deployments,
            History history,
            Rollbacks rollbacks,
            Ticks ticks) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.deployments = deployments;
        this.history = history;
        this.rollbacks = rollbacks;
        this.ticks = ticks;
    }

    /**
     * Carries a command out, and writes down who gave it and why.
     *
     * @param rollout the rollout that it is for; null for all of the deployment
     * @return the states of the rollouts where it applies to none of them, and nothing is changed; empty where it is carried out
     */
    public Optional<Set<DeploymentState>> give(
            Command command, String deployment, @Nullable String rollout, String who, String why, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            deployments.lock(deployment);
            List<String> touched = touch(command, deployment, rollout, who, why, now);
            if (touched.isEmpty()) {
                return Optional.of(states(deployment, rollout));
            }
            if (command == Command.RESUME || command == Command.RETRY_FAILED) {
                retryFailed(touched, now);
            }
            if (command == Command.ROLL_BACK) {
                rollbacks.ask(touched, who, why, now);
            }
            history.add(deployment, rollout, who, word(command), why, now);
            deployments.followRollouts(deployment, now);
            ticks.begin(touched);
            ticks.wake(touched);
            return Optional.<Set<DeploymentState>>empty();
        }));
    }

    /** Read where they were found not to apply, so that a refusal names what it is about. */
    private Set<DeploymentState> states(String deployment, @Nullable String rollout) {
        return new TreeSet<>(jdbc.sql("""
                        select distinct state from rollout
                        where deployment = :deployment and (cast(:rollout as text) is null or id = :rollout)
                        """)
                .param("deployment", deployment)
                .param("rollout", rollout)
                .query((row, number) -> DeploymentState.valueOf(row.getString("state")))
                .list());
    }

    private static String word(Command command) {
        return command.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                .param("reason", reason(word(command), who, why))
                .param("now", at(now))
                .param("deployment", deployment)
                .param("rollout", rollout)
                .query((row, number) -> row.getString("id"))
                .list();
    }

    /**
     * The reason that a rollout has after a command that stops it.
     *
     * @param what the command, in the history's word for it
     */
    public static String reason(String what, String who, String why) {
        String past = what.equals(word(Command.PAUSE))
                ? DeploymentState.PAUSED_BY
                : what.equals(word(Command.ROLL_BACK)) ? "rolled back by " : "aborted by ";
        return past + who + ": " + why;
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

package dev.flotilla.orchestrator.rollout;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people tell deployments. A command takes a new epoch for each rollout that it touches: what was decided just before is void, and orders
 * that have not been sent are not sent any more.
 */
@Component
public class Commands {
    private final TransactionTemplate transaction;
    private final CommandedRollouts rollouts;
    private final DeploymentStates deployments;
    private final History history;
    private final Ticks ticks;

    Commands(
            TransactionTemplate transaction,
            CommandedRollouts rollouts,
            DeploymentStates deployments,
            History history,
            Ticks ticks) {
        this.transaction = transaction;
        this.rollouts = rollouts;
        this.deployments = deployments;
        this.history = history;
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
            List<String> touched = rollouts.obey(command, deployment, rollout, who, why, now);
            if (touched.isEmpty()) {
                return Optional.of(rollouts.states(deployment, rollout));
            }
            history.add(deployment, rollout, who, word(command), why, now);
            deployments.followRollouts(deployment, now);
            ticks.begin(touched);
            ticks.wake(touched);
            return Optional.<Set<DeploymentState>>empty();
        }));
    }

    static String word(Command command) {
        return command.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.orchestrator.rollback.Takeback;
import dev.flotilla.orchestrator.rollout.Commands;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.world.Wakes;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives commands in the name of the caller. */
@Component
class Commanding {
    private static final Logger log = LoggerFactory.getLogger(Commanding.class);
    private final Commands commands;
    private final ProgressReader progress;
    private final Takeback takeback;
    private final TenantStops stops;
    private final Wakes wakes;
    private final InstantSource time;

    Commanding(
            Commands commands,
            ProgressReader progress,
            Takeback takeback,
            TenantStops stops,
            Wakes wakes,
            InstantSource time) {
        this.commands = commands;
        this.progress = progress;
        this.takeback = takeback;
        this.stops = stops;
        this.wakes = wakes;
        this.time = time;
    }

    /** @param rollout the one rollout that the command is for; null for all of the deployment */
    DeploymentProgress give(DeploymentProgress deployment, @Nullable String rollout, CommandRequest request) {
        Caller caller = Caller.current();
        caller.require(Role.DEPLOYER);
        caller.requireService(deployment.service());
        String what = rollout == null ? deployment.id() : rollout;
        if (request.command() == Command.ROLL_BACK) {
            leadsBack(deployment.id(), rollout);
        }
        if (request.command() == Command.RESUME) {
            stops.of(deployment.id(), rollout).ifPresent(refusal -> {
                throw ProblemException.conflict(refusal);
            });
        }
        commands.give(request.command(), deployment.id(), rollout, caller.name(), request.reason(), time.instant())
                .ifPresent(states -> {
                    throw ProblemException.conflict(refusal(request.command(), what, deployment, states));
                });
        log.info("{}: {} by {}: {}", what, word(request.command()), caller.name(), request.reason());
        wakes.checkNow();
        return progress.deployment(deployment.id()).orElseThrow(() -> ProgressController.unknown(deployment.id()));
    }

    /** Refuses to stop what has nothing to go back to; where that can't be known now, whatever the reason, stopping it goes first. */
    private void leadsBack(String deployment, @Nullable String rollout) {
        List<Rollout> taken = takeback.of(deployment, rollout);
        try {
            if (taken.isEmpty() || takeback.leadsBack(taken)) {
                return;
            }
        } catch (RuntimeException e) {
            log.warn("{}: whether there is anything to go back to is not known now: {}", deployment, e.toString());
            return;
        }
        throw ProblemException.conflict(takeback.refusal(deployment, taken));
    }

    private static String word(Command command) {
        return command.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Why a command does not apply to a deployment or rollout that is as it was read. */
    static String refusal(Command command, String what, DeploymentProgress deployment) {
        return refusal(
                command,
                what,
                deployment,
                deployment.rollouts().stream()
                        .filter(rollout -> what.equals(deployment.id()) || what.equals(rollout.id()))
                        .map(RolloutProgress::state)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** @param states of the rollouts that it was for */
    static String refusal(Command command, String what, DeploymentProgress deployment, Set<DeploymentState> states) {
        String needed = switch (command) {
            case PAUSE -> "what is rolling out or complete";
            case RESUME -> "what is halted, and not rolled back";
            case ABORT -> "what is rolling out, halted or complete";
            case PROMOTE -> "what is rolling out";
            case RETRY_FAILED ->
                "machines that failed where it is rolling out or complete ('resume' tries those of a halted one)";
            case ROLL_BACK -> "what is rolling out, halted or complete, and not being rolled back already";
        };
        if (states.isEmpty()) {
            return "'" + word(command) + "' does not apply to " + what + ": no machine is or was to be changed by it";
        }
        String found = states.stream()
                .flatMap(state -> words(state, what, deployment))
                .distinct()
                .collect(Collectors.joining(" or "));
        boolean noneFailed = command == Command.RETRY_FAILED
                && (states.contains(DeploymentState.ROLLING_OUT) || states.contains(DeploymentState.COMPLETE));
        return back(deployment) + "'" + word(command) + "' does not apply to " + what + ": it takes " + needed
                + (noneFailed ? ", and none of its machines has failed there" : ", and it is " + found);
    }

    /** A halt that somebody asked for is a pause, as far as that was read. */
    private static Stream<String> words(DeploymentState state, String what, DeploymentProgress deployment) {
        List<String> read = deployment.rollouts().stream()
                .filter(rollout -> what.equals(deployment.id()) || what.equals(rollout.id()))
                .filter(rollout -> rollout.state() == state)
                .map(rollout -> state.words(rollout.reason()))
                .toList();
        return read.isEmpty() ? Stream.of(state.words(null)) : read.stream();
    }

    /** Who waits for what was rolled back learns where it went. */
    private static String back(DeploymentProgress deployment) {
        List<String> ways = deployment.rolledBackBy();
        if (!deployment.rolledBack()) {
            return "";
        }
        return deployment.id()
                + (ways == null
                        ? " is being rolled back"
                        : ways.isEmpty()
                                ? " was rolled back, and there was nothing to go back to"
                                : " was rolled back by " + String.join(", ", ways))
                + "; who wants " + deployment.version() + " again declares it again. ";
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.orchestrator.rollout.Commands;
import dev.flotilla.orchestrator.world.Wakes;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
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
    private final Wakes wakes;
    private final InstantSource time;

    Commanding(Commands commands, ProgressReader progress, Wakes wakes, InstantSource time) {
        this.commands = commands;
        this.progress = progress;
        this.wakes = wakes;
        this.time = time;
    }

    /** @param rollout the one rollout that the command is for; null for all of the deployment */
    DeploymentProgress give(DeploymentProgress deployment, @Nullable String rollout, CommandRequest request) {
        Caller caller = Caller.current();
        caller.require(Role.DEPLOYER);
        caller.requireService(deployment.service());
        String what = rollout == null ? deployment.id() : rollout;
        if (!commands.give(
                request.command(), deployment.id(), rollout, caller.name(), request.reason(), time.instant())) {
            throw ProblemException.conflict(refusal(request.command(), what, deployment));
        }
        log.info("{}: {} by {}: {}", what, word(request.command()), caller.name(), request.reason());
        wakes.checkNow();
        return progress.deployment(deployment.id()).orElseThrow(() -> ProgressController.unknown(deployment.id()));
    }

    private static String word(Command command) {
        return command.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Why a command does not apply. */
    static String refusal(Command command, String what, DeploymentProgress deployment) {
        String needed = switch (command) {
            case PAUSE -> "rolling out or complete";
            case RESUME -> "halted, and not rolled back";
            case ABORT -> "rolling out, halted or complete";
            case PROMOTE -> "rolling out";
            case RETRY_FAILED -> "rolling out or complete, with machines that failed";
            case ROLL_BACK -> "rolling out, halted or complete, and not being rolled back already";
        };
        String does = switch (command) {
            case PAUSE, RESUME, ABORT, PROMOTE -> word(command);
            case RETRY_FAILED -> "try afresh";
            case ROLL_BACK -> "roll back";
        };
        return back(deployment) + "There is nothing to " + does + " in " + what + ": it takes one that is " + needed
                + ", and the deployment is " + deployment.state();
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

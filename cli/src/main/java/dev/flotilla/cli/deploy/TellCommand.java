package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Moments;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One of the commands that a deployment takes at any moment; each is a subcommand with a name of its own. */
public abstract sealed class TellCommand implements Callable<Integer> {

    /** {@code pause}. */
    @Command(
            name = "pause",
            description = "Changes no further machine until 'resume'; what is being changed is brought to its end.")
    public static final class Pause extends TellCommand {
        public Pause() {
            super(dev.flotilla.api.orchestrator.Command.PAUSE);
        }
    }

    /** {@code resume}. */
    @Command(
            name = "resume",
            description =
                    "Lets a paused or halted deployment go on: the machines that failed are tried afresh. Says what holds machines even then. Refused where a tenant has stopped it: the tenant resumes first.")
    public static final class Resume extends TellCommand {
        public Resume() {
            super(dev.flotilla.api.orchestrator.Command.RESUME);
        }
    }

    /** {@code abort}. */
    @Command(
            name = "abort",
            description =
                    "Ends a deployment: no further machine is changed, what runs is left, and nothing is kept up. It can't be rolled back any more: deploy the version that shall run instead.")
    public static final class Abort extends TellCommand {
        public Abort() {
            super(dev.flotilla.api.orchestrator.Command.ABORT);
        }
    }

    /** {@code promote}. */
    @Command(name = "promote", description = "Skips the rest of the present wait for machines to prove themselves.")
    public static final class Promote extends TellCommand {
        public Promote() {
            super(dev.flotilla.api.orchestrator.Command.PROMOTE);
        }
    }

    /** {@code retry-failed}. */
    @Command(name = "retry-failed", description = "Tries the machines afresh that were set aside.")
    public static final class RetryFailed extends TellCommand {
        public RetryFailed() {
            super(dev.flotilla.api.orchestrator.Command.RETRY_FAILED);
        }
    }

    /** {@code roll-back}. */
    @Command(
            name = "roll-back",
            description =
                    "Stops a deployment for good and brings its machines back to the version of the last deployment before it that was complete, by a deployment of its own, which it names. Says what that waits for; refused, and nothing stopped, where no machine ran anything good before.")
    public static final class RollBack extends TellCommand {
        @Option(
                names = "--plan",
                description =
                        "Stop and declare nothing: only say what it would do, as 'deploy --plan' does. Takes no --reason.")
        private boolean plan;

        public RollBack() {
            super(dev.flotilla.api.orchestrator.Command.ROLL_BACK);
        }

        @Override
        public Integer call() throws Exception {
            if (!plan) {
                return super.call();
            }
            if (reason != null || watch) {
                throw new ParameterException(
                        spec.commandLine(), "--plan changes nothing: it takes neither --reason nor --watch.");
            }
            RollbackPlan would = Remote.asOwner(session)
                    .orchestrator()
                    .rollbackPlan(deployment, group == null ? null : rollout(), PlanCommand.NAMES);
            session.output().result(would, PlanView.of(would));
            return Exit.OK;
        }

        @Override
        DeploymentProgress settled(Remote remote, DeploymentProgress progress) throws InterruptedException {
            return HeldBack.declared(remote.orchestrator(), progress);
        }

        @Override
        List<String> held(Remote remote, DeploymentProgress settled, Moments moments) throws InterruptedException {
            return HeldBack.of(remote.orchestrator(), settled, moments);
        }

        @Override
        int end(Watch watch) throws InterruptedException {
            return watch.rolledBack(deployment);
        }
    }

    private final dev.flotilla.api.orchestrator.Command command;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "DEPLOYMENT", converter = DeploymentId.class, description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    String deployment;

    @Option(
            names = "--group",
            paramLabel = "ENV/MF",
            description = "Only the rollout in this environment and machine function, such as prod-east/web.")
    @Nullable
    String group;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history. Must be given.")
    @Nullable
    String reason;

    @Option(
            names = "--watch",
            description =
                    "Show the progress until it is complete or halts; after roll-back, until its machines are back.")
    boolean watch;

    TellCommand(dev.flotilla.api.orchestrator.Command command) {
        this.command = command;
    }

    @Override
    public Integer call() throws Exception {
        if (reason == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--reason=TEXT'");
        }
        Remote remote = Remote.asOwner(session);
        CommandRequest request = new CommandRequest(command, reason);
        Told told = Told.before(remote.orchestrator(), command, deployment, group);
        DeploymentProgress progress = group == null
                ? remote.orchestrator().command(deployment, request)
                : remote.orchestrator().commandRollout(rollout(), request);
        Moments moments = new Moments(Instant.now());
        if (watch) {
            session.output().note(told.text(progress, told.after(remote.orchestrator()), moments));
            return end(new Watch(remote, session.output()));
        }
        DeploymentProgress now = settled(remote, progress);
        session.output().result(now, told.text(now, told.after(remote.orchestrator()), moments));
        held(remote, now, moments).forEach(session.output()::note);
        return Exit.OK;
    }

    /** As it is once what follows from the command is known. */
    DeploymentProgress settled(Remote remote, DeploymentProgress progress) throws InterruptedException {
        return progress;
    }

    /** What holds what follows from the command. */
    List<String> held(Remote remote, DeploymentProgress settled, Moments moments) throws InterruptedException {
        return List.of();
    }

    /** The exit code that its end stands for. */
    int end(Watch watch) throws InterruptedException {
        return watch.deployed(deployment);
    }

    /** The one that the group stands for. */
    String rollout() {
        return deployment + '~' + String.valueOf(group).replace('/', '~');
    }
}

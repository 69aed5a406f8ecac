package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.platform.client.RemoteProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code deploy}. */
@Command(
        name = "deploy",
        description = {
            "Declares that machines shall run a version, and prints the deployment that brings it about.",
            "",
            "For example: ./flotilla deploy hello 1.0.0 --machines m1..m100 --plan",
            "        then ./flotilla deploy hello 1.0.0 --machines m1..m100 --watch"
        })
public final class DeployCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(paramLabel = "VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Selection selection;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Care care;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
    private @Nullable String reason;

    @Option(
            names = "--watch",
            description =
                    "Show the progress until it is complete or halts; where it is rolled back, until its machines are back.")
    private boolean watch;

    @Option(
            names = "--plan",
            description =
                    "Declare nothing: only say what it would do, wave by wave, what it would wait for, and how long that takes.")
    private boolean plan;

    @Override
    public Integer call() throws Exception {
        try {
            return declare();
        } catch (RemoteProblem e) {
            throw session.output().json() ? e : Care.typed(e);
        }
    }

    private int declare() throws IOException, InterruptedException {
        Remote remote = Remote.asOwner(session);
        if (plan) {
            return plan(remote, request());
        }
        Deployment deployment = remote.targets().requestDeployPayloadToTargets(service, version, request());
        if (watch) {
            session.output().note("Deployment " + deployment.id());
            return new Watch(remote, session.output()).deployed(deployment.id());
        }
        session.output().result(deployment, text(deployment));
        return Exit.OK;
    }

    private int plan(Remote remote, DeploymentRequest request) {
        if (watch) {
            throw new ParameterException(spec.commandLine(), "--plan declares nothing that --watch could show.");
        }
        DeploymentPlan would = PlanCommand.whole(cursor ->
                remote.orchestrator().preview(service, version, request, PlanCommand.PAGE, PlanCommand.NAMES, cursor));
        session.output().result(would, PlanView.of(would));
        return Exit.OK;
    }

    private DeploymentRequest request() throws IOException {
        if (selection.empty()) {
            throw new ParameterException(spec.commandLine(), "Say where to: --machines, --file or --group.");
        }
        try {
            return new DeploymentRequest(selection.machines(), selection.groups(), care.options(), reason);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static String text(Deployment deployment) {
        List<String> where = new ArrayList<>();
        if (!deployment.targets().machines().isEmpty()) {
            where.add(Quantities.count(deployment.targets().machines().size(), "machine"));
        }
        if (!deployment.targets().groups().isEmpty()) {
            where.add(Quantities.count(deployment.targets().groups().size(), "group"));
        }
        return "Deployment " + deployment.id() + " brings " + deployment.service() + " " + deployment.version() + " to "
                + String.join(" and ", where) + ".\n'./flotilla watch " + deployment.id() + "' shows its progress.";
    }
}

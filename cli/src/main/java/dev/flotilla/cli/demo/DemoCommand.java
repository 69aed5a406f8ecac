package dev.flotilla.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.flotilla.api.MachineNames;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.cli.cluster.UpCommand;
import dev.flotilla.cli.cluster.UpOptions;
import dev.flotilla.cli.deploy.ProgressView;
import dev.flotilla.cli.deploy.UploadCommand;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.StateFile;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.platform.client.RemoteProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code demo}. */
@Command(
        name = "demo",
        description = {
            "Shows the whole path: starts the cluster, uploads a small program, brings it to every machine, and then its next version.",
            "",
            "Exit code 0 only if all of it happened. The cluster goes on running; './flotilla down' stops it."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String SERVICE = "hello";
    private static final List<String> VERSIONS = List.of("1.0.0", "1.1.0");

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private UpOptions options;

    @Override
    public Integer call() throws Exception {
        UpCommand.start(session, options);
        DataFolder data = new DataFolder(session.data());
        ClusterOptions cluster = new StateFile(data).read().orElseThrow().options();
        List<String> machines = List.copyOf(MachineNames.expand(List.of(cluster.machineNames())));
        Remote remote = Remote.asOwner(session);
        Proof proof = new Proof(data, remote, cluster, machines);
        Output output = session.output();
        Deployment last = null;
        for (String version : VERSIONS) {
            last = rollOut(remote, version, machines, output);
            step(output, proof.thatEachRuns(SERVICE, version));
        }
        output.verbatim(
                Map.of("service", SERVICE, "version", VERSIONS.getLast(), "machines", machines.size()),
                NextSteps.text(data, cluster, proof.voiceOf(machines.getFirst(), SERVICE), requireNonNull(last)));
        return Exit.OK;
    }

    private Deployment rollOut(Remote remote, String version, List<String> machines, Output output) throws Exception {
        step(output, "");
        step(output, "== " + SERVICE + " " + version);
        step(output, upload(remote, version));
        Deployment deployment = remote.targets()
                .requestDeployPayloadToTargets(
                        SERVICE, version, new DeploymentRequest(machines, List.of(), null, "the demo"));
        ProgressView view = new ProgressView(output);
        DeploymentProgress end = remote.progress().follow(deployment.id(), view::show, output::note);
        if (end.state() != DeploymentState.COMPLETE) {
            throw new CliFailure(Exit.FAILED, ProgressView.summary(end));
        }
        if (!output.json()) {
            view.end(end);
        }
        return deployment;
    }

    private static String upload(Remote remote, String version) throws Exception {
        Path sample = Path.of(System.getProperty("flotilla.home", ""), "samples", SERVICE, SERVICE + "-" + version);
        if (!Files.isRegularFile(sample)) {
            throw new CliFailure(
                    Exit.ENVIRONMENT, "The sample " + sample + " is missing: run this in a clone of Flotilla.");
        }
        try {
            return UploadCommand.text(remote.uploader().upload(sample, SERVICE, version));
        } catch (RemoteProblem e) {
            if (e.status() != 409) {
                throw e;
            }
            return SERVICE + " " + version
                    + " was there already, with other bytes than the sample's; going on with those.";
        }
    }

    private void step(Output output, String text) {
        if (!output.json()) {
            output.line(text);
        }
    }
}

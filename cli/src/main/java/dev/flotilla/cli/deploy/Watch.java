package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows deployments to their end; what is rolled back, to the end of its way back. */
final class Watch {
    /** So long a way back may take to be declared: target-service may be starting again. */
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60));

    private static final int ASIDE = 1000;
    private final Remote remote;
    private final Output output;

    Watch(Remote remote, Output output) {
        this.remote = remote;
        this.output = output;
    }

    /** The exit code that a deployment stands for which shall come about: that of one that was rolled back is a failure. */
    int deployed(String deployment) throws InterruptedException {
        DeploymentProgress last = follow(deployment);
        if (last.rolledBack()) {
            last = back(last).deployment();
        }
        end(last);
        return last.state() == DeploymentState.COMPLETE && !last.rolledBack() ? Exit.OK : Exit.FAILED;
    }

    /** The exit code that a deployment stands for which shall be rolled back. */
    int rolledBack(String deployment) throws InterruptedException {
        DeploymentProgress last = remote.orchestrator().deployment(deployment);
        Back back = back(last);
        end(back.deployment());
        return back.arrived() ? Exit.OK : Exit.FAILED;
    }

    /**
     * What became of a deployment that is rolled back.
     *
     * @param arrived true where there is a way back, and all its machines have gone it
     */
    private record Back(DeploymentProgress deployment, boolean arrived) {}

    private Back back(DeploymentProgress halted) throws InterruptedException {
        if (halted.reason() != null) {
            output.note(halted.id() + " is stopped for good: " + new Moments(Instant.now()).readable(halted.reason()));
        }
        DeploymentProgress declared = declared(halted);
        List<String> ways = declared.rolledBackBy();
        if (ways == null) {
            output.note(
                    halted.id() + " is not rolled back after " + PATIENCE.most().toSeconds()
                            + " s: './flotilla history " + halted.id() + "' says what stands in the way.");
            return new Back(declared, false);
        }
        boolean arrived = !ways.isEmpty();
        for (String way : ways) {
            output.note(halted.id() + " is rolled back by " + way + ", following it");
            DeploymentProgress end = follow(way);
            if (!output.json()) {
                end(end);
            }
            arrived &= end.state() == DeploymentState.COMPLETE;
        }
        return new Back(remote.orchestrator().deployment(halted.id()), arrived);
    }

    /** As soon as the deployments are known that bring its machines back; as it was last where that takes too long. */
    private DeploymentProgress declared(DeploymentProgress halted) throws InterruptedException {
        return PATIENCE.await(() -> Optional.of(remote.orchestrator().deployment(halted.id()))
                        .filter(progress -> progress.rolledBackBy() != null))
                .orElse(halted);
    }

    private DeploymentProgress follow(String deployment) throws InterruptedException {
        ProgressView view = new ProgressView(output);
        try (Standstill standstill = new Standstill(remote.orchestrator(), view::tell)) {
            Consumer<DeploymentProgress> show = progress -> {
                standstill.heard(progress, Instant.now());
                view.show(progress);
            };
            return remote.progress().follow(deployment, show, output::note);
        }
    }

    private void end(DeploymentProgress progress) {
        new ProgressView(output).end(progress, aside(progress));
    }

    /** The machines that a complete deployment went on without. */
    private List<MachineProgress> aside(DeploymentProgress progress) {
        boolean any = progress.counts().excused() + progress.counts().failed() > 0;
        if (progress.state() != DeploymentState.COMPLETE || !any) {
            return List.of();
        }
        List<MachineProgress> aside = new ArrayList<>();
        try {
            for (MachinePhase phase : List.of(MachinePhase.FAILED, MachinePhase.EXCUSED)) {
                aside.addAll(remote.orchestrator()
                        .machines(progress.id(), phase, ASIDE, null)
                        .items());
            }
        } catch (RemoteUnavailable | RemoteProblem e) {
            output.note("Why machines were passed by can't be read now: " + e.getMessage());
        }
        return aside;
    }
}

package dev.flotilla.cli.deploy;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code explain}. */
@Command(
        name = "explain",
        description = "Says why a machine is where it is in a deployment; or of all machines that do not run it yet.")
public final class ExplainCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    private String deployment;

    @Parameters(index = "1", arity = "0..1", paramLabel = "MACHINE", description = "One machine, such as m42.")
    private @Nullable String machine;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many machines at most. Default: 100.")
    private int limit;

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        if (machine != null) {
            Machine place = remote.devices().machine(machine);
            String rollout = deployment + "~" + place.environment() + "~" + place.machineFunction();
            MachineProgress progress = remote.orchestrator().explanation(rollout, machine);
            session.output().result(progress, text(progress));
            return Exit.OK;
        }
        List<MachineProgress> all = notRunning(remote);
        session.output()
                .result(
                        all,
                        all.isEmpty()
                                ? "Every machine of " + deployment + " runs it."
                                : table(all).toString());
        return Exit.OK;
    }

    private List<MachineProgress> notRunning(Remote remote) {
        List<MachineProgress> found = new ArrayList<>();
        for (MachinePhase phase : MachinePhase.values()) {
            if (phase != MachinePhase.RUNNING && found.size() < limit) {
                Page<MachineProgress> page =
                        remote.orchestrator().machines(deployment, phase, Math.min(1000, limit - found.size()), null);
                found.addAll(page.items());
            }
        }
        return found;
    }

    private static Table table(List<MachineProgress> all) {
        Table table = new Table("MACHINE", "PHASE", "RUNS", "ATTEMPTS", "WHY");
        for (MachineProgress progress : all) {
            table.row(
                    progress.machine(),
                    progress.phase(),
                    progress.runningVersion() == null ? "" : progress.runningVersion(),
                    progress.attempts(),
                    progress.reason());
        }
        return table;
    }

    private static String text(MachineProgress progress) {
        return progress.machine() + " is " + progress.phase() + " in " + progress.rollout() + ", "
                + (progress.runningVersion() == null ? "runs no version" : "runs " + progress.runningVersion()) + ", "
                + progress.attempts() + " orders given.\n" + progress.reason() + " (rule " + progress.rule() + ")"
                + (progress.until() == null ? "" : "\nUntil " + progress.until() + ".");
    }
}

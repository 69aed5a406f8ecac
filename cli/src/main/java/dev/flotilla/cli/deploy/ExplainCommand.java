package dev.flotilla.cli.deploy;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code explain}. */
@Command(
        name = "explain",
        description = {
            "Says why a machine is where it is in a deployment: by which rule, since when, until when, who has a say, and what would bring it on.",
            "Without a machine: the same of its rollouts as a whole, and of all machines that do not run it yet, grouped by reason."
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int HTTP_NOT_FOUND = 404;
    private static final int PAGE = 1000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(
            index = "0",
            paramLabel = "DEPLOYMENT",
            converter = DeploymentId.class,
            description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    private String deployment;

    @Parameters(index = "1", arity = "0..1", paramLabel = "MACHINE", description = "One machine, such as m42.")
    private @Nullable String machine;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many machines at most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--rollouts",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many rollouts that are not done to explain as a whole. Default: ${DEFAULT-VALUE}.")
    private int rollouts;

    /** All that is said of a deployment. */
    private record Whole(List<RolloutExplanation> rollouts, List<MachineProgress> machines) {}

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        DeploymentProgress progress = remote.orchestrator().deployment(deployment);
        Moments moments = new Moments(Instant.now());
        if (machine != null) {
            MachineProgress one = one(remote, remote.devices().machine(machine));
            session.output().result(one, new Explanation(progress, moments).of(one));
            return Exit.OK;
        }
        List<String> open = progress.rollouts().stream()
                .filter(rollout -> open(rollout.state()))
                .map(RolloutProgress::id)
                .toList();
        List<RolloutExplanation> whole = open.stream()
                .limit(rollouts)
                .map(remote.orchestrator()::explanation)
                .toList();
        List<MachineProgress> all = notRunning(remote);
        DeploymentProgress counted = all.size() < limit ? counted(progress, all) : progress;
        session.output().result(new Whole(whole, all), new Explanation(counted, moments).of(whole, all));
        if (open.size() > whole.size()) {
            session.output()
                    .note((open.size() - whole.size()) + " more of its rollouts are not done; --rollouts shows more.");
        }
        if (all.size() == limit) {
            session.output().note("There may be more; --limit shows more.");
        }
        return Exit.OK;
    }

    /** With those counted that are listed: what was written down last may be older. */
    static DeploymentProgress counted(DeploymentProgress progress, List<MachineProgress> notRunning) {
        Map<MachinePhase, Integer> in = new EnumMap<>(MachinePhase.class);
        notRunning.forEach(machine -> in.merge(machine.phase(), 1, Integer::sum));
        Counts counts = new Counts(
                in.getOrDefault(MachinePhase.WAITING, 0),
                in.getOrDefault(MachinePhase.FETCHING, 0),
                in.getOrDefault(MachinePhase.SWITCHING, 0),
                Math.max(0, progress.counts().total() - notRunning.size()),
                in.getOrDefault(MachinePhase.FAILED, 0),
                in.getOrDefault(MachinePhase.EXCUSED, 0),
                in.getOrDefault(MachinePhase.SUPERSEDED, 0));
        return new DeploymentProgress(
                progress.id(),
                progress.service(),
                progress.version(),
                progress.state(),
                progress.reason(),
                counts,
                progress.declaredAt(),
                progress.startedAt(),
                progress.completedAt(),
                progress.rolledBack(),
                progress.rolledBackBy(),
                progress.leftBehind(),
                progress.rollouts());
    }

    static boolean open(DeploymentState state) {
        return switch (state) {
            case ROLLING_OUT, HALTED, ABORTED -> true;
            case COMPLETE, SUPERSEDED -> false;
        };
    }

    private MachineProgress one(Remote remote, Machine place) {
        String rollout = deployment + "~" + place.environment() + "~" + place.machineFunction();
        try {
            return remote.orchestrator().explanation(rollout, place.name());
        } catch (RemoteProblem e) {
            if (e.status() != HTTP_NOT_FOUND) {
                throw e;
            }
            throw new CliFailure(
                    Exit.REFUSED,
                    place.name() + " is not among the machines of " + deployment + ": it was not named when "
                            + deployment + " was declared, nor was its group " + place.environment() + "/"
                            + place.machineFunction() + ".");
        }
    }

    private List<MachineProgress> notRunning(Remote remote) {
        // One that goes on meanwhile is found in two phases.
        Map<String, MachineProgress> found = new LinkedHashMap<>();
        for (MachinePhase phase : Explanation.NOT_RUNNING) {
            String cursor = null;
            do {
                if (found.size() == limit) {
                    return List.copyOf(found.values());
                }
                Page<MachineProgress> page =
                        remote.orchestrator().machines(deployment, phase, Math.min(PAGE, limit - found.size()), cursor);
                page.items().forEach(item -> found.putIfAbsent(item.rollout() + ' ' + item.machine(), item));
                cursor = page.nextCursor();
            } while (cursor != null);
        }
        return List.copyOf(found.values());
    }
}

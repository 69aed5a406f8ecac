package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code plan}. */
@Command(
        name = "plan",
        description = {
            "Says what a deployment will still do if nothing fails: its waves in order, what waits or is passed by and why, and how long it takes.",
            "Nothing is changed by it. A deployment that is paused is planned as if it were resumed now."
        })
public final class PlanCommand implements Callable<Integer> {
    private static final int PAGE = 20;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "DEPLOYMENT", description = "The deployment, such as d42.")
    @SuppressWarnings("NullAway.Init")
    private String deployment;

    @Option(
            names = "--names",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many machines to name for each wave at most. Default: ${DEFAULT-VALUE}.")
    private int names;

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        DeploymentPlan plan = remote.orchestrator().plan(deployment, PAGE, names, null);
        for (String cursor = plan.nextCursor(); cursor != null; cursor = plan.nextCursor()) {
            plan = joined(plan, remote.orchestrator().plan(deployment, PAGE, names, cursor));
        }
        session.output().result(plan, PlanView.of(plan));
        return Exit.OK;
    }

    /** Two pages as one. */
    static DeploymentPlan joined(DeploymentPlan first, DeploymentPlan next) {
        List<RolloutPlan> rollouts = new ArrayList<>(first.rollouts());
        rollouts.addAll(next.rollouts());
        return new DeploymentPlan(
                first.id(),
                first.service(),
                first.version(),
                next.state(),
                next.reason(),
                first.at(),
                longer(first.expected(), next.expected()),
                next.assumptions(),
                rollouts,
                next.nextCursor());
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return null;
        }
        return one.compareTo(other) > 0 ? one : other;
    }
}

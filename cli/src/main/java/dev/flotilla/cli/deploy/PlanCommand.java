package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
            "'deploy --plan' and 'roll-back --plan' say the same before anything is declared. Nothing is changed by it. A deployment that is paused is planned as if it were resumed now."
        })
public final class PlanCommand implements Callable<Integer> {
    static final int PAGE = 20;
    static final int NAMES = 100;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "DEPLOYMENT", converter = DeploymentId.class, description = "The deployment, such as d42.")
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
        DeploymentPlan plan = whole(cursor -> remote.orchestrator().plan(deployment, PAGE, names, cursor));
        session.output().result(plan, PlanView.of(plan));
        return Exit.OK;
    }

    /** All pages as one. */
    static DeploymentPlan whole(Function<@Nullable String, DeploymentPlan> pages) {
        DeploymentPlan plan = pages.apply(null);
        for (String cursor = plan.nextCursor(); cursor != null; cursor = plan.nextCursor()) {
            plan = joined(plan, pages.apply(cursor));
        }
        return plan;
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
                asking(first, next),
                next.assumptions(),
                rollouts,
                next.nextCursor());
    }

    /** The rest is what it takes where all tenants answer at once. */
    private static Duration asking(DeploymentPlan first, DeploymentPlan next) {
        Duration one = first.expected();
        Duration other = next.expected();
        Duration whole = longer(one, other);
        return one == null || other == null || whole == null
                ? Duration.ZERO
                : whole.minus(Objects.requireNonNull(longer(one.minus(first.asking()), other.minus(next.asking()))));
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return null;
        }
        return one.compareTo(other) > 0 ? one : other;
    }
}

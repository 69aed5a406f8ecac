package dev.flotilla.orchestrator.rollback;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a roll-back would take back, and whether there is anything to go back to. */
@Component
public class Takeback {
    private final Rollouts rollouts;
    private final WaysBack ways;

    Takeback(Rollouts rollouts, WaysBack ways) {
        this.rollouts = rollouts;
        this.ways = ways;
    }

    /** @param only the one rollout that it is for; null for all of the deployment */
    public List<Rollout> of(String deployment, @Nullable String only) {
        Set<String> taken = rollouts.takenBackOf(deployment);
        return rollouts.of(deployment).stream()
                .filter(rollout -> only == null || only.equals(rollout.id()))
                .filter(rollout -> open(rollout.state()) && !taken.contains(rollout.id()))
                .toList();
    }

    private static boolean open(DeploymentState state) {
        return switch (state) {
            case ROLLING_OUT, COMPLETE, HALTED -> true;
            case ABORTED, SUPERSEDED -> false;
        };
    }

    /** What would go back to which version. Throws where the topology can't be read. */
    public SortedMap<String, Share> shares(List<Rollout> taken) {
        return ways.of(taken);
    }

    /** The machines that would go nowhere though others do, in words; null where there are none. */
    public @Nullable String leftBehind(List<Rollout> taken, SortedMap<String, Share> shares) {
        List<String> groups = ways.leftBehind(taken, shares).stream()
                .map(LeftBehind::toString)
                .toList();
        return groups.isEmpty() ? null : LeftBehind.sentence(taken.getFirst().version(), groups);
    }

    /** True where anything would go back. It asks no longer than until it finds something: who takes back is in a hurry. */
    public boolean leadsBack(List<Rollout> taken) {
        return ways.any(taken);
    }

    /** Why rollouts are not taken back that have nothing to go back to, and what to do instead. */
    public String refusal(String deployment, List<Rollout> taken) {
        List<String> machines = ways.own(taken);
        return "There is nothing to go back to: "
                + (machines.isEmpty()
                        ? "no machine is " + deployment + "'s own any more"
                        : LeftBehind.some(machines) + " ran no other version that was complete before")
                + ". Nothing was stopped: 'pause' or 'abort' stops " + deployment
                + ", and another version that is deployed takes its place.";
    }
}

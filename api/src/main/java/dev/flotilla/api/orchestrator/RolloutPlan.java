package dev.flotilla.api.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout will still do.
 *
 * @param reason why nothing goes on now; null otherwise
 * @param machines all that it names, or its whole group
 * @param done how many of them run the version and have proved themselves
 * @param proving how many are in the waves that have the version already, and only prove themselves
 * @param planned how many it will change: the others in the waves; {@code machines} is {@code done}, {@code proving}, {@code planned} and
 *     {@code aside} together
 * @param aside how many are in no wave; {@code passedBy} says why
 * @param change the time that one machine is thought to take from its order until it runs the version
 * @param changeFrom where that is taken from, in words for a person
 * @param expected how long until the last wave is over; null where that is not known
 * @param endsAt when that is; null where that is not known
 * @param asking how much of {@code expected} is the time that tenants have to answer: it is shorter where they answer sooner
 * @param waves in the order in which they follow each other
 * @param passedBy the machines that are in no wave, by reason
 * @param takesOver the older deployments of the service whose machines it takes over, newest first; only for one that is not declared yet
 * @param remarks what could not be taken into account, in words for a person
 */
public record RolloutPlan(
        String id,
        String environment,
        String machineFunction,
        DeploymentState state,
        @Nullable String reason,
        int machines,
        int done,
        int proving,
        int planned,
        int aside,
        Duration change,
        String changeFrom,
        @Nullable Duration expected,
        @Nullable Instant endsAt,
        Duration asking,
        List<PlannedWave> waves,
        List<RolloutExplanation.Wait> passedBy,
        List<TakenOver> takesOver,
        List<String> remarks) {

    /**
     * An older deployment that has machines of this one now.
     *
     * @param state where its rollout in the group stands
     * @param reason why that is halted, or was ended, see {@link DeploymentState#paused}; null otherwise
     * @param machines how many of its machines are taken over
     */
    public record TakenOver(
            String deployment,
            String version,
            DeploymentState state,
            @Nullable String reason,
            int machines) {}
}

package dev.flotilla.orchestrator.consultation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process remembers between its looks at rollouts. All of it may be lost, or be old: nothing is ordered by it.
 *
 * @param policies who was refused by a policy
 * @param leases until when repairs were granted
 * @param overtaken rollouts that may have claimed machines that no book names: their last decision here was not written down, or what they hold could not be
 *     read
 * @param steady after this long what was refused is asked about again
 * @param trust after this long everything is
 */
public record Memory(RefusedByPolicy policies, Leases leases, Set<String> overtaken, Duration steady, Duration trust) {

    public static Memory empty(Duration steady, Duration trust) {
        return new Memory(
                new RefusedByPolicy(steady, trust), new Leases(), ConcurrentHashMap.newKeySet(), steady, trust);
    }

    public void forget(String rollout) {
        policies.forget(rollout);
        leases.forget(rollout);
        overtaken.remove(rollout);
    }
}

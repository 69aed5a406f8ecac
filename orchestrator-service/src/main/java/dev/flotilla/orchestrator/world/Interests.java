package dev.flotilla.orchestrator.world;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which rollouts a change of a machine is about: those that this instance looked at and that have the machine. */
@Component
public class Interests {
    /** @param given what {@code machines} was taken from */
    private record Interest(String service, Collection<String> given, Set<String> machines) {}

    private final Map<String, Interest> byRollout = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> byMachine = new ConcurrentHashMap<>();

    /** From now on the rollout is about these machines. The collection must not change any more. */
    public void set(String rollout, String service, Collection<String> machines) {
        Interest before = byRollout.get(rollout);
        if (before != null && before.given() == machines) {
            return;
        }
        Set<String> now = Set.copyOf(machines);
        byRollout.put(rollout, new Interest(service, machines, now));
        if (before != null && before.machines().equals(now)) {
            return;
        }
        now.forEach(machine -> byMachine
                .computeIfAbsent(machine, name -> ConcurrentHashMap.newKeySet())
                .add(rollout));
        if (before != null) {
            before.machines().stream()
                    .filter(machine -> !now.contains(machine))
                    .forEach(machine -> forget(machine, rollout));
        }
    }

    /** The rollout is over. */
    public void remove(String rollout) {
        Interest before = byRollout.remove(rollout);
        if (before != null) {
            before.machines().forEach(machine -> forget(machine, rollout));
        }
    }

    /**
     * The rollouts that a change is about.
     *
     * @param service the service that changed; null when the machine itself did
     */
    Set<String> of(String machine, @Nullable String service) {
        Set<String> concerned = new HashSet<>();
        for (String rollout : byMachine.getOrDefault(machine, Set.of())) {
            Interest interest = byRollout.get(rollout);
            if (interest != null && (service == null || service.equals(interest.service()))) {
                concerned.add(rollout);
            }
        }
        return concerned;
    }

    Set<String> all() {
        return Set.copyOf(byRollout.keySet());
    }

    private void forget(String machine, String rollout) {
        byMachine.computeIfPresent(machine, (name, rollouts) -> {
            rollouts.remove(rollout);
            return rollouts.isEmpty() ? null : rollouts;
        });
    }
}

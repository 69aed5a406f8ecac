package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.RolloutPlan.TakenOver;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose machines a newer deployment would take over. */
final class TakeOver {
    private TakeOver() {}

    /** @param standing the rollouts of the service in the group, the newest first */
    static List<TakenOver> of(Collection<String> machines, List<Rollout> standing) {
        Set<String> left = new HashSet<>(machines);
        List<TakenOver> taken = new ArrayList<>();
        for (Rollout older : standing) {
            int before = left.size();
            List<String> named = older.machines();
            if (named == null) {
                left.clear();
            } else {
                named.forEach(left::remove);
            }
            if (left.size() < before) {
                taken.add(new TakenOver(
                        older.deployment(), older.version(), older.state(), older.reason(), before - left.size()));
            }
        }
        return taken;
    }
}

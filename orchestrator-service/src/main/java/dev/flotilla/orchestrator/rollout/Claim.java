package dev.flotilla.orchestrator.rollout;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The machines that a newer deployment of the same service has in the same group.
 *
 * @param machines null for all of the group
 */
public record Claim(
        String deployment, long revision, @Nullable Set<String> machines) {

    /** True if the newer deployment has that machine. */
    public boolean covers(String machine) {
        return machines == null || machines.contains(machine);
    }
}

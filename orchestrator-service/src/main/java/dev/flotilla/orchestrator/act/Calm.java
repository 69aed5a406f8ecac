package dev.flotilla.orchestrator.act;

import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.orchestrator.world.FleetWatch;
import dev.flotilla.orchestrator.world.Stirs;
import dev.flotilla.orchestrator.world.Topology;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The rollouts of which nothing new is known since a look at them that had nothing to do: another look would decide the same until something is
 * due. Nothing new means that nobody has written to the rollout, no change of its machines was heard of while the registry was followed without
 * a break, and its group still has the same machines.
 */
@Component
class Calm {
    /** What a look was based on. */
    record Basis(
            String group,
            long epoch,
            long stirs,
            @Nullable Instant followedSince,
            @Nullable Long machines) {
        private boolean whole() {
            return followedSince != null && machines != null;
        }
    }

    private record Rest(Basis basis, Instant until) {}

    private final Map<String, Rest> rests = new ConcurrentHashMap<>();
    private final Rollouts rollouts;
    private final Stirs stirs;
    private final FleetWatch fleet;
    private final Topology topology;

    Calm(Rollouts rollouts, Stirs stirs, FleetWatch fleet, Topology topology) {
        this.rollouts = rollouts;
        this.stirs = stirs;
        this.fleet = fleet;
        this.topology = topology;
    }

    /** Until when nothing is due; empty where the rollout must be looked at. */
    Optional<Instant> until(String rollout, Instant now) {
        Rest rest = rests.get(rollout);
        if (rest == null || !now.isBefore(rest.until()) || !stands(rollout, rest.basis(), now)) {
            rests.remove(rollout);
            return Optional.empty();
        }
        return Optional.of(rest.until());
    }

    /** What a look that begins now is based on. To be asked before anything else is read. */
    Basis basis(Rollout rollout, Instant now) {
        return new Basis(
                rollout.group(),
                rollout.epoch(),
                stirs.of(rollout.id()),
                fleet.since(now),
                topology.revision(rollout.group()));
    }

    /** The look had nothing to do, and nothing is due until then. */
    void rest(String rollout, Basis basis, Instant until) {
        if (basis.whole()) {
            rests.put(rollout, new Rest(basis, until));
        }
    }

    void forget(String rollout) {
        rests.remove(rollout);
    }

    private boolean stands(String rollout, Basis basis, Instant now) {
        return stirs.of(rollout) == basis.stirs()
                && Objects.equals(fleet.since(now), basis.followedSince())
                && Objects.equals(topology.revision(basis.group()), basis.machines())
                && rollouts.epoch(rollout)
                        .filter(epoch -> epoch == basis.epoch())
                        .isPresent();
    }
}

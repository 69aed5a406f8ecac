package dev.flotilla.orchestrator.rollback;

import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.orchestrator.rollout.Claim;
import dev.flotilla.orchestrator.rollout.Rollbacks;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.orchestrator.world.Topology;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Finds the last good version of everything that rollouts brought forward, as far as it is still theirs. */
@Component
public class WaysBack {
    private final Rollbacks rollbacks;
    private final Rollouts rollouts;
    private final Topology topology;

    WaysBack(Rollbacks rollbacks, Rollouts rollouts, Topology topology) {
        this.rollbacks = rollbacks;
        this.rollouts = rollouts;
        this.topology = topology;
    }

    /** What goes back to which version; empty where there is nothing to go back to. Throws where the topology can't be read. */
    public SortedMap<String, Share> of(Collection<Rollout> taken) {
        SortedMap<String, Share> shares = new TreeMap<>();
        taken.forEach(rollout -> share(rollout, shares));
        return shares;
    }

    /** Those of the rollouts that have machines which go nowhere: they ran nothing good before. */
    public List<String> left(Collection<Rollout> taken, Map<String, Share> shares) {
        Set<String> machines = new HashSet<>();
        Set<MachineGroup> groups = new HashSet<>();
        shares.values().forEach(share -> {
            machines.addAll(share.machines());
            groups.addAll(share.groups());
        });
        return taken.stream()
                .filter(rollout -> !groups.contains(new MachineGroup(rollout.environment(), rollout.machineFunction())))
                .filter(rollout -> !goes(rollout, machines))
                .map(Rollout::id)
                .toList();
    }

    private boolean goes(Rollout rollout, Set<String> back) {
        List<Claim> newer = rollouts.newerThan(rollout);
        List<String> named = rollout.machines();
        return newer.stream().anyMatch(claim -> claim.machines() == null)
                || named != null
                        && named.stream()
                                .allMatch(machine -> back.contains(machine)
                                        || newer.stream().anyMatch(claim -> claim.covers(machine)));
    }

    private void share(Rollout rollout, Map<String, Share> shares) {
        List<Claim> newer = rollouts.newerThan(rollout);
        if (rollout.machines() == null && newer.isEmpty()) {
            String version = rollbacks.lastGoodOfGroup(rollout).orElse(null);
            if (version != null) {
                shares.computeIfAbsent(version, v -> new Share())
                        .groups()
                        .add(new MachineGroup(rollout.environment(), rollout.machineFunction()));
                return;
            }
        }
        Topology.Machines there = topology.of(rollout);
        if (there.trouble() != null) {
            throw new IllegalStateException("the topology can't be read: " + there.trouble());
        }
        List<String> named = rollout.machines();
        new TreeMap<>(rollbacks.lastGood(rollout)).forEach((machine, version) -> {
            boolean own = there.machines().containsKey(machine)
                    && (named == null || named.contains(machine))
                    && newer.stream().noneMatch(claim -> claim.covers(machine));
            if (own) {
                shares.computeIfAbsent(version, v -> new Share()).machines().add(machine);
            }
        });
    }
}

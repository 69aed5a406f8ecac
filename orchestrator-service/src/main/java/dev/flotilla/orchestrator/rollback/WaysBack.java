package dev.flotilla.orchestrator.rollback;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.orchestrator.rollout.Claim;
import dev.flotilla.orchestrator.rollout.GoodVersions;
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
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds the last good version of everything that rollouts brought forward, as far as it is still theirs. */
@Component
public class WaysBack {
    private final GoodVersions good;
    private final Rollouts rollouts;
    private final Topology topology;

    WaysBack(GoodVersions good, Rollouts rollouts, Topology topology) {
        this.good = good;
        this.rollouts = rollouts;
        this.topology = topology;
    }

    /** What goes back to which version; empty where there is nothing to go back to. Throws where the topology can't be read. */
    public SortedMap<String, Share> of(Collection<Rollout> taken) {
        SortedMap<String, Share> shares = new TreeMap<>();
        Map<String, List<Claim>> newer = rollouts.newerThan(taken);
        Map<String, String> whole = good.ofGroups(taken.stream()
                .filter(rollout -> rollout.machines() == null && !newer.containsKey(rollout.id()))
                .toList());
        taken.forEach(rollout -> {
            String version = whole.get(rollout.id());
            if (version != null) {
                share(version, shares).groups().add(group(rollout));
            }
        });
        List<Rollout> others = taken.stream()
                .filter(rollout -> !whole.containsKey(rollout.id()))
                .toList();
        Map<String, SortedMap<String, String>> versions = others.isEmpty() ? Map.of() : good.ofMachines(others);
        others.forEach(rollout -> {
            SortedMap<String, String> back = versions.getOrDefault(rollout.id(), new TreeMap<>());
            back.keySet().retainAll(own(rollout, newer.getOrDefault(rollout.id(), List.of())));
            back.forEach((machine, version) -> share(version, shares).machines().add(machine));
        });
        return shares;
    }

    /** True where {@link #of} is not empty, found with as little as possible: whole groups first, then rollout by rollout. */
    public boolean any(Collection<Rollout> taken) {
        Map<String, List<Claim>> newer = rollouts.newerThan(taken);
        List<Rollout> whole = taken.stream()
                .filter(rollout -> rollout.machines() == null && !newer.containsKey(rollout.id()))
                .toList();
        return !good.ofGroups(whole).isEmpty()
                || taken.stream().anyMatch(rollout -> !of(List.of(rollout)).isEmpty());
    }

    /** The machines that the rollouts still have, in their order. Throws where the topology can't be read. */
    public List<String> own(Collection<Rollout> taken) {
        Map<String, List<Claim>> newer = rollouts.newerThan(taken);
        return taken.stream()
                .flatMap(rollout -> own(rollout, newer.getOrDefault(rollout.id(), List.of())).stream())
                .sorted(NaturalOrder.INSTANCE)
                .toList();
    }

    private Set<String> own(Rollout rollout, List<Claim> newer) {
        Topology.Machines there = topology.of(rollout);
        if (there.trouble() != null) {
            throw new IllegalStateException("the topology can't be read: " + there.trouble());
        }
        List<String> named = rollout.machines();
        Set<String> own = new HashSet<>(there.machines().keySet());
        if (named != null) {
            own.retainAll(new HashSet<>(named));
        }
        own.removeIf(machine -> newer.stream().anyMatch(claim -> claim.covers(machine)));
        return own;
    }

    private static Share share(String version, Map<String, Share> shares) {
        return shares.computeIfAbsent(version, any -> new Share());
    }

    private static MachineGroup group(Rollout rollout) {
        return new MachineGroup(rollout.environment(), rollout.machineFunction());
    }

    /** Those of the rollouts that have machines which go nowhere: they ran nothing good before. */
    public List<String> left(Collection<Rollout> taken, Map<String, Share> shares) {
        Set<String> machines = machines(shares);
        Set<MachineGroup> groups = groups(shares);
        Map<String, List<Claim>> newer = rollouts.newerThan(taken);
        return taken.stream()
                .filter(rollout -> !groups.contains(group(rollout)))
                .filter(rollout -> !goes(rollout, machines, newer.getOrDefault(rollout.id(), List.of())))
                .map(Rollout::id)
                .toList();
    }

    /**
     * The machines that the rollouts have changed or begun to change, still have, and that go nowhere, by rollout. Throws where the topology can't
     * be read.
     */
    public List<LeftBehind> leftBehind(Collection<Rollout> taken, Map<String, Share> shares) {
        Set<String> back = machines(shares);
        Set<MachineGroup> groups = groups(shares);
        return taken.stream()
                .filter(rollout -> !groups.contains(group(rollout)))
                .map(rollout -> {
                    Set<String> begun = rollouts.begun(rollout.id());
                    return new LeftBehind(
                            rollout,
                            own(List.of(rollout)).stream()
                                    .filter(machine -> begun.contains(machine) && !back.contains(machine))
                                    .toList());
                })
                .filter(left -> !left.machines().isEmpty())
                .toList();
    }

    private static Set<String> machines(Map<String, Share> shares) {
        return shares.values().stream()
                .flatMap(share -> share.machines().stream())
                .collect(Collectors.toSet());
    }

    private static Set<MachineGroup> groups(Map<String, Share> shares) {
        return shares.values().stream()
                .flatMap(share -> share.groups().stream())
                .collect(Collectors.toSet());
    }

    private static boolean goes(Rollout rollout, Set<String> back, List<Claim> newer) {
        List<String> named = rollout.machines();
        return newer.stream().anyMatch(claim -> claim.machines() == null)
                || named != null
                        && named.stream()
                                .allMatch(machine -> back.contains(machine)
                                        || newer.stream().anyMatch(claim -> claim.covers(machine)));
    }
}

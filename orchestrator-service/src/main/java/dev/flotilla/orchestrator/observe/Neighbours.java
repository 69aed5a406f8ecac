package dev.flotilla.orchestrator.observe;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.GroupStatus;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.device.TopologyApi;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Foresight;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What others do to the machines of a rollout's group, as device-manager has it; nothing is claimed for it. */
@Component
public class Neighbours {
    private static final int PAGE = 1000;
    private final RepairApi repairs;
    private final TopologyApi topology;

    Neighbours(RepairApi repairs, TopologyApi topology) {
        this.repairs = repairs;
        this.topology = topology;
    }

    /**
     * What was found.
     *
     * @param repairs the active ones of the group that are others'
     * @param places how many machines that do their work the rollout may have at once by the group's limit; less than none where so many
     *     that are broken must be mended before
     * @param usedUp true where broken machines use it up
     * @param trouble why nothing was found out; null where it was
     */
    public record Seen(
            List<Repair> repairs,
            int places,
            boolean usedUp,
            @Nullable String trouble) {

        /** A claim as device-manager would refuse it now, for each machine that others have. */
        public Map<String, ClaimAnswer> refusals() {
            Map<String, ClaimAnswer> refusals = new TreeMap<>();
            repairs.forEach(repair -> refusals.put(repair.machine(), refusal(repair)));
            return refusals;
        }

        /**
         * Elective work in a fault domain as device-manager would refuse it now on account of the whole group; empty where it would not.
         *
         * @param down true for a machine that is broken already, and needs no place
         */
        public Optional<ClaimAnswer> refusal(String faultDomain, boolean down) {
            Optional<ClaimAnswer> elsewhere = repairs.stream()
                    .filter(repair -> !repair.forced() && !repair.faultDomain().equals(faultDomain))
                    .min(Comparator.comparing(Repair::since))
                    .map(repair -> refused(
                            ClaimRule.FAULT_DOMAIN,
                            "fault domain " + repair.faultDomain() + " of the group is under elective work: "
                                    + repair.machine() + " is " + what(repair)));
            return elsewhere.isPresent() || down || places > 0
                    ? elsewhere
                    : Optional.of(refused(
                            ClaimRule.MAX_UNAVAILABLE,
                            "as many machines of the group are unavailable as its limit in device-manager allows"));
        }

        private static ClaimAnswer refused(ClaimRule rule, String reason) {
            return new ClaimAnswer(null, rule.id(), reason, null, false);
        }

        private static String what(Repair repair) {
            return "under "
                    + (repair.kind() == RepairKind.DEPLOY
                            ? "a deploy of " + repair.service()
                            : "a " + repair.kind().name().toLowerCase(Locale.ROOT))
                    + " (" + repair.id() + ") of " + repair.holder() + " since " + repair.since();
        }

        /** A claim of its machine as device-manager would refuse it now. */
        public static ClaimAnswer refusal(Repair repair) {
            boolean passedBy = repair.kind() != RepairKind.DEPLOY;
            return new ClaimAnswer(
                    null,
                    ClaimRule.ACTIVE_REPAIR.id(),
                    what(repair) + ": " + repair.reason(),
                    passedBy ? null : repair.leaseEnd(),
                    passedBy);
        }
    }

    public Seen of(Rollout rollout) {
        return of(rollout, Set.of());
    }

    /** @param takenOver rollouts that give back what they have, since this one takes their machines over */
    public Seen of(Rollout rollout, Set<String> takenOver) {
        try {
            List<Repair> live = live(rollout);
            List<Repair> others = others(rollout, live).stream()
                    .filter(repair -> !takenOver.contains(repair.holder()))
                    .toList();
            GroupStatus group = topology.group(rollout.environment(), rollout.machineFunction());
            long own = live.size() - (long) others.size();
            long places = group.allowed() - Math.max(0, group.unavailable() - own);
            return new Seen(others, (int) Math.min(Foresight.NO_LIMIT, places), usedUp(group), null);
        } catch (RuntimeException e) {
            return new Seen(List.of(), Foresight.NO_LIMIT, false, String.valueOf(e.getMessage()));
        }
    }

    /** True where broken machines use up the limit of the group; not where device-manager does not tell: it grants nothing then. */
    public boolean usedUp(Rollout rollout) {
        try {
            return usedUp(topology.group(rollout.environment(), rollout.machineFunction()));
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean usedUp(GroupStatus group) {
        return group.broken() >= group.allowed();
    }

    /** The active repairs of the group that are others'; none where device-manager does not tell. */
    public List<Repair> repairs(Rollout rollout) {
        try {
            return certain(rollout);
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    /** The same; throws where device-manager does not tell. */
    public List<Repair> certain(Rollout rollout) {
        return others(rollout, live(rollout));
    }

    private List<Repair> live(Rollout rollout) {
        List<Repair> live = new ArrayList<>();
        for (RepairState state : List.of(RepairState.ACTIVE, RepairState.VERIFYING)) {
            read(rollout, state, live);
        }
        return live;
    }

    private static List<Repair> others(Rollout rollout, List<Repair> live) {
        return live.stream()
                .filter(repair -> !repair.holder().equals(rollout.id()))
                .toList();
    }

    private void read(Rollout rollout, RepairState state, List<Repair> into) {
        String cursor = null;
        do {
            Page<Repair> page =
                    repairs.repairs(null, rollout.environment(), rollout.machineFunction(), state, null, PAGE, cursor);
            into.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
    }
}

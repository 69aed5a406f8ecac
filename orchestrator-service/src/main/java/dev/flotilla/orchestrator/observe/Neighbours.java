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
import java.util.List;
import java.util.Locale;
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
     * @param places how many machines the rollout may have at once by the group's limit
     * @param trouble why nothing was found out; null where it was
     */
    public record Seen(
            List<Repair> repairs, int places, @Nullable String trouble) {

        /** A claim of its machine as device-manager would refuse it now. */
        public static ClaimAnswer refusal(Repair repair) {
            boolean broken = repair.kind() != RepairKind.DEPLOY;
            String what = repair.kind() == RepairKind.DEPLOY
                    ? "a deploy of " + repair.service()
                    : "a " + repair.kind().name().toLowerCase(Locale.ROOT);
            return new ClaimAnswer(
                    null,
                    ClaimRule.ACTIVE_REPAIR.id(),
                    "under " + what + " (" + repair.id() + ") of " + repair.holder() + " since " + repair.since() + ": "
                            + repair.reason(),
                    broken ? null : repair.leaseEnd(),
                    broken);
        }
    }

    public Seen of(Rollout rollout) {
        try {
            List<Repair> live = live(rollout);
            List<Repair> others = others(rollout, live);
            GroupStatus group = topology.group(rollout.environment(), rollout.machineFunction());
            long own = live.size() - (long) others.size();
            long places = Math.max(0, group.allowed() - Math.max(0, group.unavailable() - own));
            return new Seen(others, (int) Math.min(Foresight.NO_LIMIT, places), null);
        } catch (RuntimeException e) {
            return new Seen(List.of(), Foresight.NO_LIMIT, String.valueOf(e.getMessage()));
        }
    }

    /** The active repairs of the group that are others'; none where device-manager does not tell. */
    public List<Repair> repairs(Rollout rollout) {
        try {
            return others(rollout, live(rollout));
        } catch (RuntimeException e) {
            return List.of();
        }
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

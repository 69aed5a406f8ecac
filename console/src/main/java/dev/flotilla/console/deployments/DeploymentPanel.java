package dev.flotilla.console.deployments;

import dev.flotilla.console.fleet.FleetView.Share;
import dev.flotilla.console.watch.Fact;
import dev.flotilla.console.why.Why;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One deployment in full.
 *
 * @param resume the command that lets it go on; null unless it is halted
 * @param attention the machines that failed, are excused, or wait
 * @param troubles what could not be asked
 */
public record DeploymentPanel(
        DeploymentCard card,
        String factsHref,
        String planHref,
        String closeHref,
        List<Fact> facts,
        @Nullable String resume,
        List<RolloutLine> rollouts,
        List<MachineList> attention,
        List<String> troubles) {

    /**
     * One rollout.
     *
     * @param why why it is where it is; null where it is done, or one of too many to ask about
     * @param waits the reasons of its machines, the one with the most first
     */
    public record RolloutLine(
            String name,
            String state,
            String done,
            @Nullable String reason,
            List<Share> shares,
            @Nullable Why why,
            List<Why> waits) {}

    /**
     * Machines in one phase, those together that are there for the same reason.
     *
     * @param more whether there are more than those listed
     * @param address the request that lists all
     */
    public record MachineList(String title, List<MachineGroup> groups, boolean more, String address) {}

    /**
     * Why machines are where they are.
     *
     * @param grounds by which rule and whom, since and until when
     */
    public record MachineGroup(List<MachineLink> machines, String reason, String grounds) {}

    /** One machine, and where its own panel is. */
    public record MachineLink(String name, String href) {}
}

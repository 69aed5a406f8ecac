package dev.flotilla.orchestrator.rollback;

import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.ArrayList;
import java.util.List;

/** What goes back to one version. */
public record Share(List<String> machines, List<MachineGroup> groups) {
    private static final int REASON = 1000;

    Share() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /**
     * The declaration that brings it back.
     *
     * @param taken one of the rollouts that are taken back
     * @param asOf the revision up to which the declarations were read
     */
    public DeploymentRequest request(Rollout taken, String why, long asOf) {
        return new DeploymentRequest(
                machines,
                groups,
                taken.options().forRollback(),
                why.length() <= REASON ? why : why.substring(0, REASON),
                taken.deployment(),
                asOf);
    }

    @Override
    public String toString() {
        String named = machines.size() + (machines.size() == 1 ? " machine" : " machines");
        String whole = groups.size() + (groups.size() == 1 ? " whole group" : " whole groups");
        return groups.isEmpty() ? named : machines.isEmpty() ? whole : named + " and " + whole;
    }
}

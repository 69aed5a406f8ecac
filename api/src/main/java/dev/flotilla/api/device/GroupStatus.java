package dev.flotilla.api.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An (environment, machine function), and how it is.
 *
 * @param maxUnavailable how many machines may be unavailable, as it was set
 * @param allowed how many machines that is
 * @param unavailable how many are: broken, or under repair, each counted once
 * @param broken failing or lost
 * @param openFaultDomain the fault domain that is under elective work; null for none
 * @param faultDomains by name
 */
public record GroupStatus(
        String environment,
        String machineFunction,
        String region,
        long machines,
        String maxUnavailable,
        long allowed,
        long unavailable,
        long broken,
        @Nullable String openFaultDomain,
        List<FaultDomain> faultDomains) {

    /**
     * A fault domain of the group. A machine may be both broken and under repair.
     *
     * @param broken failing or lost
     * @param underRepair with an active repair of any kind
     * @param elective those of them that hold the fault domain
     */
    public record FaultDomain(
            String name, long machines, long unavailable, long broken, long underRepair, long elective) {}
}

package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.Impact;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a job is about, as its rollout says.
 *
 * @param faultDomains the tenant's machines in it
 * @param anyOf the set of alternatives that it belongs to; null for none
 */
public record Work(
        @Nullable String deployment,
        @Nullable String rollout,
        String service,
        String version,
        Impact impact,
        SortedMap<String, List<String>> faultDomains,
        @Nullable String anyOf) {}

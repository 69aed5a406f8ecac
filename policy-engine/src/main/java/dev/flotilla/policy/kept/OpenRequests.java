package dev.flotilla.policy.kept;

import dev.flotilla.policy.decision.OpenRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The maintenance requests that stand against changes. */
@FunctionalInterface
public interface OpenRequests {
    /** Those of these tenants, at this moment. */
    List<OpenRequest> of(Set<String> tenants, Instant now);
}

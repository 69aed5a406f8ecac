package dev.flotilla.api.target;

import dev.flotilla.api.upload.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A declared deployment, whole and immutable. The components are those of {@link DeploymentSummary}, with the targets themselves. */
public record Deployment(
        String id,
        long revision,
        String service,
        String version,
        Payload payload,
        Targets targets,
        RolloutOptions options,
        String declaredBy,
        Instant declaredAt,
        @Nullable String reason,
        @Nullable String rollbackOf) {

    /** The id of one that is not declared yet; its revision is 0. */
    public static final String UNDECLARED = "d0";

    /** False for one that only would be. */
    public boolean declared() {
        return !id.equals(UNDECLARED);
    }
}

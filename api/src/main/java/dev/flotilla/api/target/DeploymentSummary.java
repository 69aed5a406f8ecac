package dev.flotilla.api.target;

import dev.flotilla.api.upload.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A declared deployment without its list of machines.
 *
 * @param id {@code d} and the revision
 * @param revision rises with every declaration, over all services
 * @param payload the bytes of the version at the time of the declaration
 * @param machines how many machines are named one by one
 * @param groups how many groups are named
 * @param declaredBy the subject of the token it was declared with
 * @param rollbackOf the deployment that this one takes back; null for an ordinary one
 */
public record DeploymentSummary(
        String id,
        long revision,
        String service,
        String version,
        Payload payload,
        int machines,
        int groups,
        RolloutOptions options,
        String declaredBy,
        Instant declaredAt,
        @Nullable String reason,
        @Nullable String rollbackOf) {}

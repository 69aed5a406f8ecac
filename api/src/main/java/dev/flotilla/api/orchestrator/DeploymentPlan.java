package dev.flotilla.api.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment will still do, or would do if it were declared now, if nothing fails and nothing else changes. It follows from the same rules that the rollouts themselves follow, run
 * ahead on what is known now; nothing is changed, claimed or asked of tenants for it.
 *
 * @param id {@link dev.flotilla.api.target.Deployment#UNDECLARED} for one that is not declared yet
 * @param reason why it is halted or was ended; a halted deployment is planned as if it were resumed now, unless
 *     it is taken back for good
 * @param at the moment that all durations begin at
 * @param expected how long until the last of the rollouts listed here is over, which go on side by side; null where that is not known of one
 * @param asking how much of that is the time that tenants have to answer at most: it is shorter where they answer sooner
 * @param assumptions what is taken for granted, in words for a person
 * @param rollouts by id; the same deployment may have more, see {@code nextCursor}
 * @param nextCursor null on the last page
 */
public record DeploymentPlan(
        String id,
        String service,
        String version,
        DeploymentState state,
        @Nullable String reason,
        Instant at,
        @Nullable Duration expected,
        Duration asking,
        List<String> assumptions,
        List<RolloutPlan> rollouts,
        @Nullable String nextCursor) {}

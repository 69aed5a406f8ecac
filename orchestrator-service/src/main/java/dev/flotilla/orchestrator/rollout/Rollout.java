package dev.flotilla.orchestrator.rollout;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployment in one (environment, machine function), as stored.
 *
 * @param id the deployment, environment and machine function, joined by {@code ~}
 * @param machines the machines named one by one; null for the whole group, those that come later too
 * @param epoch rises with everything that is written of the rollout
 * @param progressedAt when a machine became healthy last, or the rollout began or was resumed
 * @param promotedAt machines changed before it need not prove themselves; null where nobody said so
 * @param impactDomain the fault domain whose impact the tenants were asked about last and not yet told the end of; null for none
 * @param counts as of the last decision
 * @param open which fault domain the others wait for; null where there is none
 * @param refusals what device-manager refused at the last decision, by machine
 */
public record Rollout(
        String id,
        String deployment,
        long revision,
        String service,
        String version,
        Payload payload,
        RolloutOptions options,
        String environment,
        String machineFunction,
        @Nullable List<String> machines,
        DeploymentState state,
        @Nullable String reason,
        long epoch,
        Counts counts,
        Map<String, ClaimAnswer> refusals,
        Instant startedAt,
        Instant progressedAt,
        @Nullable Instant promotedAt,
        @Nullable String impactDomain,
        @Nullable Instant completedAt,
        @Nullable OpenDomain open) {

    /** The id of the rollout of a deployment in a group. */
    public static String id(String deployment, String environment, String machineFunction) {
        return deployment + '~' + environment + '~' + machineFunction;
    }

    /** The environment and machine function in words. */
    public String group() {
        return environment + '~' + machineFunction;
    }
}

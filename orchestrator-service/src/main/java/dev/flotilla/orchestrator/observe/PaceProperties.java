package dev.flotilla.orchestrator.observe;

import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.decision.Pace;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long rollouts wait for what; see {@link Pace}.
 *
 * @param slowestFetch a machine that fetches fewer bytes a second than this counts as failed
 * @param validity how long after its rules were asked an order permits the agent to switch; so long, and no longer, machines may still be
 *     switched after a halt, an opt-out or a denial
 * @param clockError by how much the clocks of orchestrator and machines may differ, the time that a report takes included
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.pace")
public record PaceProperties(
        @DefaultValue("PT5S") Duration retryFirst,
        @DefaultValue("PT1H") Duration retryMost,
        @DefaultValue("PT0.5S") Duration resendFirst,
        @DefaultValue("PT10S") Duration resendMost,
        @DefaultValue("1MB") DataSize slowestFetch,
        @DefaultValue("PT30S") Duration grace,
        @DefaultValue("PT30S") Duration validity,
        @DefaultValue("PT10S") Duration clockError) {

    /** The pace of a rollout with these options, for a payload of so many bytes. */
    Pace of(RolloutOptions options, long bytes) {
        RolloutOptions whole = options.orDefaults();
        Duration fetch = Duration.ofSeconds(bytes / Math.max(1, slowestFetch.toBytes()));
        return new Pace(
                retryFirst,
                retryMost,
                resendFirst,
                resendMost,
                Objects.requireNonNull(whole.healthyDeadline()).plus(fetch),
                Objects.requireNonNull(whole.progressDeadline()).plus(fetch),
                grace,
                inTransit());
    }

    /** How long after its rules were asked an order may still be taken, be the clocks a little wrong. */
    public Duration inTransit() {
        return validity.plus(clockError);
    }
}

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
        @DefaultValue("PT30S") Duration inTransit) {

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
                inTransit);
    }
}

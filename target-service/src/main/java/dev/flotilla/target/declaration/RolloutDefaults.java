package dev.flotilla.target.declaration;

import dev.flotilla.api.target.RolloutOptions;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What deployments get that don't say otherwise; see {@link RolloutOptions}.
 *
 * @param minHealthyTime how long a changed machine must stay healthy before the next fault domain begins
 */
@Validated
@ConfigurationProperties("flotilla.target.rollouts")
public record RolloutDefaults(
        @DefaultValue("PT10S") @DurationMin(seconds = 0) @DurationMax(days = 7)
        Duration minHealthyTime) {

    /** The options with these defaults in the place of what they don't say. */
    RolloutOptions fill(RolloutOptions options) {
        return options.orMinHealthyTime(minHealthyTime);
    }
}

package dev.flotilla.platform.client;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How calls to other services behave when those falter.
 *
 * @param attempts how often a call that may be repeated is made at most
 * @param backoff the pause before the second attempt; it doubles, with jitter
 * @param failureRate per cent of failed calls, of the last 20, at which a service is given a rest
 * @param rest how long the rest is
 */
@Validated
@ConfigurationProperties("flotilla.client")
public record ClientProperties(
        @Min(1) @Max(10) @DefaultValue("3") int attempts,
        @DefaultValue("PT0.1S") Duration backoff,
        @Min(1) @Max(100) @DefaultValue("50") int failureRate,
        @DefaultValue("PT1S") Duration rest) {
    public static final ClientProperties DEFAULTS =
            new ClientProperties(3, Duration.ofMillis(100), 50, Duration.ofSeconds(1));
}

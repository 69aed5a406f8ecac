package dev.flotilla.registry.heartbeat;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is expected of machines.
 *
 * @param reportInterval how often each reports at least; one that is silent for three of these is lost
 */
@Validated
@ConfigurationProperties("flotilla.registry")
public record HeartbeatProperties(
        @DefaultValue("PT60S") @DurationMin(millis = 100) Duration reportInterval) {

    /** After this much silence a machine is lost. */
    public Duration patience() {
        return reportInterval.multipliedBy(3);
    }

    /** How often last-seen times are written, and lost machines looked for. */
    public Duration beat() {
        return reportInterval.dividedBy(3);
    }
}

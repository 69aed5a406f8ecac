package dev.flotilla.device.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the health of machines is kept.
 *
 * @param probation how long a machine is on probation after a reboot or a repave; anew when it was broken meanwhile
 * @param patience how long one question to the registry waits for a change
 * @param pause how long to wait when the registry can't be reached
 */
@Validated
@ConfigurationProperties("flotilla.device.health")
public record HealthProperties(
        @DefaultValue("PT10M") Duration probation,
        @DefaultValue("PT10S") Duration patience,
        @DefaultValue("PT2S") Duration pause) {}

package dev.flotilla.orchestrator.world;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How declarations are followed.
 *
 * @param interval how often target-service is asked for new ones
 * @param pause how long to wait when it can't be reached
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.intake")
public record IntakeProperties(
        @DefaultValue("PT0.25S") Duration interval,
        @DefaultValue("PT1S") Duration pause) {}

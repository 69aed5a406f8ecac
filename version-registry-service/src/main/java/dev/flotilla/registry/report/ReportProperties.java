package dev.flotilla.registry.report;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How reports are taken in.
 *
 * @param timeout how long a report waits to become durable before it is answered with 503
 */
@Validated
@ConfigurationProperties("flotilla.registry.reports")
public record ReportProperties(
        @DefaultValue("PT5S") @DurationMin(millis = 100) Duration timeout) {}

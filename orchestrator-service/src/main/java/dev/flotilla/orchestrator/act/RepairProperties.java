package dev.flotilla.orchestrator.act;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How machines are claimed.
 *
 * @param lease how long a machine stays claimed at least by an orchestrator that is not heard of any more; longer where a switch may take longer
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.repairs")
public record RepairProperties(
        @DefaultValue("PT1M") @DurationMin(seconds = 10) @DurationMax(hours = 1)
        Duration lease) {}

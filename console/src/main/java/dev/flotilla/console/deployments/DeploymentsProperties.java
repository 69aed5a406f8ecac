package dev.flotilla.console.deployments;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How deployments are followed and shown.
 *
 * @param poll how often the orchestrator is asked for their progress
 * @param latest so many of the newest are followed
 * @param ended so many that ended are shown, besides all that have not
 * @param listed so many machines are listed in each list of those that need attention
 * @param explained so many rollouts that are not done are explained, and planned, on a deployment's page: each is a look at all its machines
 */
@Validated
@ConfigurationProperties("flotilla.console.deployments")
record DeploymentsProperties(
        @DefaultValue("PT1S") @NotNull Duration poll,
        @DefaultValue("50") @Min(1) @Max(1000) int latest,
        @DefaultValue("6") @Min(0) @Max(100) int ended,
        @DefaultValue("25") @Min(1) @Max(1000) int listed,
        @DefaultValue("5") @Min(0) @Max(100) int explained) {}

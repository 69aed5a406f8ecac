package dev.flotilla.policy.maintenance;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long maintenance jobs live.
 *
 * @param expiry after how long without a word from its rollout a job fails
 * @param shown for how long a job that ended stays in the document
 */
@Validated
@ConfigurationProperties("flotilla.policy.maintenance")
public record MaintenanceProperties(
        @NotNull @DefaultValue("1h") Duration expiry,
        @NotNull @DefaultValue("1h") Duration shown) {}

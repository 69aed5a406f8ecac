package dev.flotilla.orchestrator.progress;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What plans assume where no change of the service was seen in a group yet.
 *
 * @param change how long a machine takes to switch and come up
 * @param fetch how many bytes a second it fetches
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.plan")
public record PlanProperties(
        @DefaultValue("PT10S") Duration change,
        @DefaultValue("10MB") DataSize fetch) {

    /** How long it takes with so many bytes. */
    Duration change(long bytes) {
        return change.plusSeconds(bytes / Math.max(1, fetch.toBytes()));
    }
}

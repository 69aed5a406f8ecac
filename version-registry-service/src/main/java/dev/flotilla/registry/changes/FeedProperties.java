package dev.flotilla.registry.changes;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The change log and its feed.
 *
 * @param retention how long changes are kept
 * @param recent how many of the newest are served from memory
 * @param followInterval how soon changes that other instances wrote are taken in, at the latest
 */
@Validated
@ConfigurationProperties("flotilla.registry.feed")
public record FeedProperties(
        @DefaultValue("P7D") @DurationMin(minutes = 1) Duration retention,
        @DefaultValue("100000") @Min(1000) @Max(10_000_000) int recent,
        @DefaultValue("PT0.2S") @DurationMin(millis = 1) Duration followInterval) {}

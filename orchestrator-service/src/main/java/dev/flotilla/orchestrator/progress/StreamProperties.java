package dev.flotilla.orchestrator.progress;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The streams of progress.
 *
 * @param poll how often changes are looked for, once for all streams
 * @param heartbeat how long a stream is silent at most
 * @param most how many streams this instance serves at once
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.stream")
public record StreamProperties(
        @DefaultValue("PT0.2S") Duration poll,
        @DefaultValue("PT15S") Duration heartbeat,
        @Min(1) @DefaultValue("1000") int most) {}

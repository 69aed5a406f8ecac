package dev.flotilla.orchestrator.world;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the registry's change feed is followed.
 *
 * @param patience how long one question waits for a change
 * @param silence how much longer than that an answer may take before the registry counts as unreachable
 * @param pause how long to wait when it can't be reached
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.feed")
public record FeedProperties(
        @DefaultValue("PT5S") Duration patience,
        @DefaultValue("PT5S") Duration silence,
        @DefaultValue("PT0.5S") Duration pause) {}

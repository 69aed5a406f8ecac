package dev.flotilla.orchestrator.world;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the topology is read.
 *
 * @param maxAge how old an answer of device-manager may be
 * @param pause how long to wait when there was none; no longer than {@code maxAge}
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.topology")
public record TopologyProperties(
        @DefaultValue("PT5S") Duration maxAge,
        @DefaultValue("PT0.2S") Duration pause) {}

package dev.flotilla.policy.kept;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How decisions are kept.
 *
 * @param keep for how long after they were given last
 */
@Validated
@ConfigurationProperties("flotilla.policy.decisions")
public record KeepProperties(@NotNull @DefaultValue("30d") Duration keep) {}

package dev.flotilla.console.live;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How changes are pushed.
 *
 * @param interval the least time between two pushes to one browser
 * @param heartbeat how long the connection may be silent
 */
@Validated
@ConfigurationProperties("flotilla.console.live")
record LiveProperties(
        @DefaultValue("PT0.5S") @NotNull Duration interval,
        @DefaultValue("PT10S") @NotNull Duration heartbeat) {}

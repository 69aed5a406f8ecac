package dev.flotilla.console.live;

import jakarta.validation.constraints.Min;
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
 * @param most how many pages are kept up to date at once, a tab each; what each shows is held in memory
 */
@Validated
@ConfigurationProperties("flotilla.console.live")
record LiveProperties(
        @DefaultValue("PT0.5S") @NotNull Duration interval,
        @DefaultValue("PT10S") @NotNull Duration heartbeat,
        @DefaultValue("200") @Min(1) int most) {}

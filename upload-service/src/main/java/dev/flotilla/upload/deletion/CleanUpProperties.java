package dev.flotilla.upload.deletion;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When what was left behind is cleaned up.
 *
 * @param every the pause between two rounds; the first is at start
 * @param deletionsAfter a deletion that takes longer than this is taken over
 * @param partsAfter incomplete bytes in storage that nobody wrote to for this long are removed
 */
@Validated
@ConfigurationProperties("flotilla.upload.clean-up")
record CleanUpProperties(
        @NotNull @DefaultValue("PT1M") Duration every,
        @NotNull @DefaultValue("PT2M") Duration deletionsAfter,
        @NotNull @DefaultValue("P1D") Duration partsAfter) {}

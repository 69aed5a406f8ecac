package dev.flotilla.upload.receiving;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How uploads are taken.
 *
 * @param maxSize the largest payload that is taken
 * @param reservation how long an upload may take from its last byte until its version is published; bytes that a crash left without a
 *     version are removed after this time
 */
@Validated
@ConfigurationProperties("flotilla.upload")
public record ReceivingProperties(
        @NotNull @DefaultValue("100GB") DataSize maxSize,
        @NotNull @DefaultValue("PT1H") Duration reservation) {}

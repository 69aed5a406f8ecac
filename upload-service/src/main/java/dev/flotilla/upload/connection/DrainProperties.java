package dev.flotilla.upload.connection;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much of a refused body is read and thrown away, so that a client that sends all before it reads gets the answer. After that the
 * connection is closed.
 *
 * @param size so many bytes at most
 * @param time so long at most
 */
@Validated
@ConfigurationProperties("flotilla.upload.drain")
record DrainProperties(
        @NotNull @DefaultValue("256MB") DataSize size,
        @NotNull @DefaultValue("PT20S") Duration time) {}

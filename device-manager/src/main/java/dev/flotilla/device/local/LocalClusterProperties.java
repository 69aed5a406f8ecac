package dev.flotilla.device.local;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The local cluster.
 *
 * @param machines how many machines, {@code m1} onwards, are made sure to exist when the service starts; 0, the default, for none
 * @param address base address of the agent process that carries them
 */
@Validated
@ConfigurationProperties("flotilla.device.local-cluster")
record LocalClusterProperties(
        @DefaultValue("0") @PositiveOrZero @Max(100_000) int machines,

        @DefaultValue("http://127.0.0.1:8084") @NotNull URI address) {}

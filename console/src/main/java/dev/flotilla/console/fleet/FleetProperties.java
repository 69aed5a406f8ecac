package dev.flotilla.console.fleet;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the fleet is followed and shown.
 *
 * @param mostCells up to so many machines are shown one by one, above that as shares of fault domains
 * @param mostMachines the console keeps no more machines than this in memory
 * @param topologyRefresh how often the topology is read anew
 * @param resync how often the running versions are read anew, besides following their changes
 * @param changesWait how long one request waits for changes; shorter than the clients' read timeout
 */
@Validated
@ConfigurationProperties("flotilla.console.fleet")
record FleetProperties(
        @DefaultValue("2000") @Min(1) @Max(20_000) int mostCells,
        @DefaultValue("50000") @Min(1) int mostMachines,
        @DefaultValue("PT30S") @NotNull Duration topologyRefresh,
        @DefaultValue("PT10M") @NotNull Duration resync,
        @DefaultValue("PT3S") @NotNull Duration changesWait) {}

package dev.flotilla.api.device;

import dev.flotilla.api.PlaceName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * One data-plane host and its place in the topology.
 *
 * @param address base address of the agent that serves it, such as {@code http://10.0.0.7:8084}
 */
public record Machine(
        @NotNull @PlaceName String name,
        @NotNull @PlaceName String environment,
        @NotNull @PlaceName String machineFunction,
        @NotNull @PlaceName String faultDomain,
        @NotNull @PlaceName String region,

        @NotNull
        @Pattern(
                regexp = "https?://[A-Za-z0-9.:\\[\\]_-]{1,255}/?",
                message = "must be an address like http://10.0.0.7:8084")
        String address) {}

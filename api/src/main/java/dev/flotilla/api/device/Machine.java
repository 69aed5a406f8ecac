package dev.flotilla.api.device;

import dev.flotilla.api.PlaceName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One data-plane host and its place in the topology.
 *
 * @param address base address of the agent that serves it, such as {@code http://10.0.0.7:8084}
 * @param tenant whose machine it is, and who is asked before it is changed; null for nobody's in particular
 */
public record Machine(
        @NotNull @PlaceName String name,
        @NotNull @PlaceName String environment,
        @NotNull @PlaceName String machineFunction,
        @NotNull @PlaceName String faultDomain,
        @NotNull @PlaceName String region,

        @NotNull @Pattern(regexp = ADDRESS, message = "must be an address like http://10.0.0.7:8084")
        String address,

        @Nullable @PlaceName String tenant) {

    /** How an address is written. */
    public static final String ADDRESS = "https?://(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
            + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,20})(:(6553[0-5]|655[0-2]\\d|65[0-4]\\d\\d|6[0-4]\\d{3}|[1-5]\\d{4}|[1-9]\\d{0,3}))?/?";

    /** A machine of nobody in particular. */
    public Machine(
            String name,
            String environment,
            String machineFunction,
            String faultDomain,
            String region,
            String address) {
        this(name, environment, machineFunction, faultDomain, region, address, null);
    }

    /** The same machine, served by an agent at another address. */
    public Machine at(String newAddress) {
        return new Machine(name, environment, machineFunction, faultDomain, region, newAddress, tenant);
    }
}

package dev.flotilla.api.target;

import dev.flotilla.api.PlaceName;
import jakarta.validation.constraints.NotNull;

/** All machines of one environment and machine function, those that come later too. */
public record MachineGroup(
        @NotNull @PlaceName String environment,
        @NotNull @PlaceName String machineFunction) {}

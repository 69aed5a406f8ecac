package dev.flotilla.api.registry;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * All that one machine runs: a service that is not among them does not run there.
 *
 * @param services by service name, at most 1,000
 */
public record MachineReport(
        @NotNull @PlaceName String machine,
        @NotNull @Size(max = 1000) Map<@ServiceName String, @NotNull @Valid RunningReport> services) {}

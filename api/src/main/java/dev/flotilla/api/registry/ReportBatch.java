package dev.flotilla.api.registry;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The reports of a host that carries many machines, at most 10,000; it is also the heartbeat of each of them. */
public record ReportBatch(@NotNull @Size(max = 10_000) List<@NotNull @Valid MachineReport> machines) {}

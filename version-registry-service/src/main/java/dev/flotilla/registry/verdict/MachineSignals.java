package dev.flotilla.registry.verdict;

import java.util.Map;

/**
 * What was measured on one machine of the service that is judged.
 *
 * @param series by the name of the signal, or of what a share is a share of; what was never measured is left out
 */
public record MachineSignals(String machine, Map<String, Series> series) {
    public MachineSignals {
        series = Map.copyOf(series);
    }
}

package dev.flotilla.registry.report;

import dev.flotilla.registry.fleet.Fleet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts reports, and the machines that they come from. A batch counts once for each machine in it. */
@Component
class ReportMetrics {
    private final Counter singleChanged;
    private final Counter singleUnchanged;
    private final Counter batchChanged;
    private final Counter batchUnchanged;

    ReportMetrics(MeterRegistry meters, Fleet fleet) {
        singleChanged = reports(meters, "single", "changed");
        singleUnchanged = reports(meters, "single", "unchanged");
        batchChanged = reports(meters, "batch", "changed");
        batchUnchanged = reports(meters, "batch", "unchanged");
        Gauge.builder("flotilla.machines", fleet, f -> f.size() - f.lost())
                .tag("state", "seen")
                .register(meters);
        Gauge.builder("flotilla.machines", fleet, Fleet::lost)
                .tag("state", "lost")
                .register(meters);
    }

    void single(boolean changed) {
        (changed ? singleChanged : singleUnchanged).increment();
    }

    void batch(int changed, int unchanged) {
        batchChanged.increment(changed);
        batchUnchanged.increment(unchanged);
    }

    private static Counter reports(MeterRegistry meters, String kind, String result) {
        return Counter.builder("flotilla.reports")
                .tag("kind", kind)
                .tag("result", result)
                .register(meters);
    }
}

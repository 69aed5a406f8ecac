package dev.flotilla.policy.maintenance;

import dev.flotilla.policy.maintenance.decision.Job;
import dev.flotilla.policy.maintenance.decision.Step;
import dev.flotilla.policy.maintenance.decision.TenantState;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts steps as they enter a state. */
@Component
class StepMetrics {
    private final MeterRegistry metrics;

    StepMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void changed(TenantState before, TenantState after) {
        for (Job job : after.jobs().values()) {
            Step step = job.step();
            Job known = before.jobs().get(job.id());
            Step last = known == null ? null : known.step();
            if (step != null && (last == null || last.ordinal() != step.ordinal() || last.state() != step.state())) {
                metrics.counter(
                                "flotilla.maintenance.steps",
                                "state",
                                step.state().name().toLowerCase(Locale.ROOT))
                        .increment();
            }
        }
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.orchestrator.rollout.Measurements;
import dev.flotilla.orchestrator.rollout.Measurements.Measured;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long a machine takes from its order until it runs the version: as measured in its group last, or of its service elsewhere, or else assumed. */
@Component
class ChangeTimes {
    private final Measurements measurements;
    private final PlanProperties properties;

    /**
     * The time of one machine.
     *
     * @param from where that is taken from, in words for a person
     */
    record Change(Duration time, String from) {}

    ChangeTimes(Measurements measurements, PlanProperties properties) {
        this.measurements = measurements;
        this.properties = properties;
    }

    Change of(Rollout rollout) {
        return measurements
                .ofGroup(rollout)
                .or(() -> measurements.ofService(rollout))
                .map(measured -> seen(measured, rollout))
                .orElseGet(() -> new Change(
                        properties.change(rollout.payload().size()),
                        "assumed: no change of " + rollout.service() + " was seen yet"));
    }

    private static Change seen(Measured measured, Rollout rollout) {
        Duration whole =
                Duration.ofSeconds(Math.max(1, Math.ceilDiv(measured.median().toMillis(), 1000)));
        String where = measured.rollout().equals(rollout.id()) ? "this rollout" : measured.rollout();
        return new Change(
                whole,
                "the median of " + measured.changes() + (measured.changes() == 1 ? " change" : " changes") + " in "
                        + where);
    }
}

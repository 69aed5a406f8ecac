package dev.flotilla.e2e;

import dev.flotilla.e2e.Sightings.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Promise 2, judged by processes alone: after the last change in one fault domain no machine of another of the same group is stopped before the
 * new process has been up for as long as it must be.
 *
 * @param proof how long a process must be up before the next fault domain may begin
 */
record FaultDomainOrder(Map<String, Place> places, Duration proof) {
    /** A start is known to a tick of the host's clock. */
    private static final double TICK = 0.02;

    /** The pairs of changes that break it. */
    List<String> broken(List<Run> changes) {
        List<String> broken = new ArrayList<>();
        double up = proof.toMillis() / 1000.0 - TICK;
        for (Run first : changes) {
            for (Run second : changes) {
                boolean overlap = first.since() <= second.since() && second.goneBy() < first.since() + up;
                if (overlap && otherDomain(first, second)) {
                    broken.add(first + " of " + place(first) + " was not up for " + proof + " when " + second + " of "
                            + place(second) + " had been stopped");
                }
            }
        }
        return broken;
    }

    private boolean otherDomain(Run first, Run second) {
        return place(first).group().equals(place(second).group())
                && !place(first).faultDomain().equals(place(second).faultDomain());
    }

    private Place place(Run run) {
        return Objects.requireNonNull(places.get(run.machine()));
    }
}

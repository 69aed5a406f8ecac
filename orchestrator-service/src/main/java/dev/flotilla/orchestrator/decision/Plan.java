package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.WaveKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout will do from now on if nothing fails.
 *
 * @param done how many machines run the version and have proved themselves
 * @param waves in the order in which they follow each other
 * @param passedBy the machines that are in no wave, and why
 */
public record Plan(int done, List<Wave> waves, SequencedMap<String, MachineStanding> passedBy) {

    /**
     * Machines that are changed together.
     *
     * @param faultDomain null where fault domains don't matter
     * @param machines in their order, those under way included
     * @param underWay those that are being changed already, or prove themselves
     * @param proving how many of these have the version, and only prove themselves
     * @param atOnce how many at once; 0 where the limits leave none
     * @param begins when it begins; null where that is not known
     * @param takes how long it takes; null where that is not known
     * @param asking how much of that, at its beginning, is the time that tenants have to answer
     * @param waits machines that it waits for, its own or others, and why
     */
    public record Wave(
            WaveKind kind,
            @Nullable String faultDomain,
            List<String> machines,
            List<String> underWay,
            int proving,
            int atOnce,
            int batches,
            @Nullable Instant begins,
            @Nullable Duration takes,
            Duration asking,
            SequencedMap<String, MachineStanding> waits) {

        /** The same after tenants were asked for so long; null where nobody knows how long they take. */
        Wave asking(@Nullable Duration time) {
            Duration begun = takes;
            return new Wave(
                    kind,
                    faultDomain,
                    machines,
                    underWay,
                    proving,
                    atOnce,
                    batches,
                    begins,
                    time == null || begun == null ? null : begun.plus(time),
                    time == null ? Duration.ZERO : time,
                    waits);
        }

        /** The same, waiting for this. */
        Wave waiting(SequencedMap<String, MachineStanding> others) {
            return new Wave(
                    kind, faultDomain, machines, underWay, proving, atOnce, batches, begins, takes, asking, others);
        }
    }

    /** How many machines will be changed. */
    public int planned() {
        return waves.stream().mapToInt(wave -> wave.machines().size()).sum() - proving();
    }

    /** How many machines have the version, and only prove themselves. */
    public int proving() {
        return waves.stream().mapToInt(Wave::proving).sum();
    }

    /** How much of its time is the tenants', who may answer sooner. */
    public Duration asking() {
        return waves.stream().map(Wave::asking).reduce(Duration.ZERO, Duration::plus);
    }

    /** When the last wave is over; null where that is not known, or there is none. */
    public @Nullable Instant endsAt() {
        if (waves.isEmpty()) {
            return null;
        }
        Wave last = waves.getLast();
        Instant begins = last.begins();
        Duration takes = last.takes();
        return begins == null || takes == null ? null : begins.plus(takes);
    }
}

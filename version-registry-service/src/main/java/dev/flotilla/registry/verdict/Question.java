package dev.flotilla.registry.verdict;

import java.time.Instant;
import java.util.List;

/**
 * How does this version do in this scope? All that is needed to answer.
 *
 * @param now what was measured later counts for nothing, even where it is in the question
 * @param signals those to be judged
 * @param changes of the service on these machines, from three days before the first change to the version, in any order
 * @param machines of the scope, changed and unchanged; their series should begin a day before the first change, better three, and a week and a day where
 *     nothing in the scope stays unchanged
 * @param faults of the service on these machines, in any order
 */
public record Question(
        String service,
        String version,
        Instant now,
        List<Signal> signals,
        List<VersionChange> changes,
        List<MachineSignals> machines,
        List<Fault> faults) {
    public Question {
        signals = List.copyOf(signals);
        changes = List.copyOf(changes);
        machines = List.copyOf(machines);
        faults = List.copyOf(faults);
    }
}

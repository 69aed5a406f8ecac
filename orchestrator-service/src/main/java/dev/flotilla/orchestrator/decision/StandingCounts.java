package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.MachinePhase;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Counts standings by phase. */
final class StandingCounts {
    private StandingCounts() {}

    static Counts of(Collection<MachineStanding> standings) {
        Map<MachinePhase, Integer> counts = new EnumMap<>(MachinePhase.class);
        standings.forEach(standing -> counts.merge(standing.phase(), 1, Integer::sum));
        return new Counts(
                counts.getOrDefault(MachinePhase.WAITING, 0),
                counts.getOrDefault(MachinePhase.FETCHING, 0),
                counts.getOrDefault(MachinePhase.SWITCHING, 0),
                counts.getOrDefault(MachinePhase.RUNNING, 0),
                counts.getOrDefault(MachinePhase.FAILED, 0),
                counts.getOrDefault(MachinePhase.EXCUSED, 0),
                counts.getOrDefault(MachinePhase.SUPERSEDED, 0));
    }
}

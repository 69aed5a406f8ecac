package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.orchestrator.decision.MachineStanding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One reason for all machines that it holds, and what would end it. */
final class Waits {
    static final int EXAMPLES = 10;

    private record Key(MachinePhase phase, String rule) {}

    private Waits() {}

    /** The reasons of these standings, the one with the most machines first. */
    static List<Wait> of(Map<String, MachineStanding> standings) {
        Map<Key, List<String>> machines = new LinkedHashMap<>();
        standings.forEach((machine, standing) -> machines.computeIfAbsent(
                        new Key(standing.phase(), standing.rule()), key -> new ArrayList<>())
                .add(machine));
        return machines.entrySet().stream()
                .map(entry -> wait(entry.getKey(), entry.getValue(), standings))
                .sorted(Comparator.comparingInt(Wait::machines).reversed())
                .toList();
    }

    private static Wait wait(Key key, List<String> machines, Map<String, MachineStanding> standings) {
        MachineStanding first = Objects.requireNonNull(standings.get(machines.getFirst()));
        Instant until = machines.stream()
                .map(machine -> Objects.requireNonNull(standings.get(machine)).until())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        return new Wait(
                key.phase(),
                key.rule(),
                first.reason(),
                until,
                Unblocking.of(key.rule()),
                machines.size(),
                machines.stream().limit(EXAMPLES).toList());
    }
}

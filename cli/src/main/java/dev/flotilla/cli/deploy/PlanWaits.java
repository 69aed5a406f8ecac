package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reasons of a plan, each once with all the places where it holds. */
final class PlanWaits {
    private static final int MACHINES = 60;
    private static final int PLACES = 5;

    private record Key(String rule, String reason) {}

    /** What holds for one reason; how many machines it is in all is not known where a wave waits for the same as another. */
    private static final class Held {
        private final Map<String, Set<Integer>> places = new TreeMap<>();
        private final Set<String> examples = new LinkedHashSet<>();
        private int machines;
        private @Nullable Instant until;
    }

    private final Map<Key, Held> reasons = new LinkedHashMap<>();

    /** @param wave its number; 0 for none */
    void add(Wait wait, String group, int wave) {
        Held held = reasons.computeIfAbsent(new Key(wait.rule(), wait.reason()), any -> new Held());
        held.places.computeIfAbsent(group, any -> new LinkedHashSet<>()).add(wave);
        held.examples.addAll(wait.examples());
        held.machines += wait.machines();
        Instant until = wait.until();
        if (until != null && (held.until == null || until.isAfter(held.until))) {
            held.until = until;
        }
    }

    boolean empty() {
        return reasons.isEmpty();
    }

    List<String> words(Moments moments) {
        return reasons.entrySet().stream()
                .map(reason -> moments.readable(words(reason.getKey(), reason.getValue())))
                .toList();
    }

    private static String words(Key reason, Held held) {
        String names = PlanTable.first(MachineRanges.of(held.examples), MACHINES);
        boolean all = held.machines <= held.examples.size();
        return places(held) + ", " + (all ? names : Quantities.count(held.machines, "machine") + " such as " + names)
                + ": " + Explanation.sentence(reason.reason()) + " (rule " + reason.rule() + ")"
                + (held.until == null ? "" : ", until " + held.until);
    }

    private static String places(Held held) {
        String some = held.places.entrySet().stream()
                .limit(PLACES)
                .map(place -> place.getKey() + waves(place.getValue()))
                .collect(Collectors.joining("; "));
        int more = held.places.size() - PLACES;
        return more <= 0 ? some : some + "; and " + Quantities.count(more, "more group");
    }

    private static String waves(Set<Integer> numbers) {
        List<String> waves = numbers.stream()
                .filter(number -> number > 0)
                .map(String::valueOf)
                .toList();
        return waves.isEmpty() ? "" : (waves.size() == 1 ? " wave " : " waves ") + String.join(", ", waves);
    }
}

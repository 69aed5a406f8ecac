package dev.flotilla.console.deployments;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.console.deployments.DeploymentPanel.MachineGroup;
import dev.flotilla.console.deployments.DeploymentPanel.MachineLink;
import dev.flotilla.console.watch.Times;
import dev.flotilla.console.why.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts machines together that are where they are for the same reason. */
final class MachineGroups {
    /** Times differ from machine to machine where the reason is the same. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private record Key(String reason, String rule, @Nullable String by) {
        static Key of(MachineProgress machine) {
            Authority by = machine.by();
            String shared = by == null || by.kind() == Authority.Kind.AGENT ? null : by.words();
            return new Key(TIME.matcher(machine.reason()).replaceAll(""), machine.rule(), shared);
        }
    }

    private MachineGroups() {}

    /** @param query what a machine's panel is asked for with */
    static List<MachineGroup> of(List<MachineProgress> machines, String query) {
        Map<Key, List<MachineProgress>> groups = new LinkedHashMap<>();
        machines.forEach(machine -> groups.computeIfAbsent(Key.of(machine), any -> new ArrayList<>())
                .add(machine));
        return groups.values().stream().map(alike -> group(alike, query)).toList();
    }

    private static MachineGroup group(List<MachineProgress> alike, String query) {
        MachineProgress first = alike.getFirst();
        Instant since = known(alike, MachineProgress::since)
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant until = known(alike, MachineProgress::until)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new MachineGroup(
                alike.stream()
                        .sorted(Comparator.comparing(MachineProgress::machine, NaturalOrder.INSTANCE))
                        .map(machine -> new MachineLink(machine.machine(), "/machines/" + machine.machine() + query))
                        .toList(),
                Times.readable(first.reason()),
                Why.line(first.rule(), first.by(), since, until));
    }

    private static Stream<Instant> known(
            List<MachineProgress> machines, Function<MachineProgress, @Nullable Instant> time) {
        return machines.stream().map(time).filter(Objects::nonNull);
    }
}

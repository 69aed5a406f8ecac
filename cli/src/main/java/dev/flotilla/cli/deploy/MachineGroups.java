package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.Prospect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Machines that stand where they stand for the same reason. */
final class MachineGroups {
    /** Times differ from machine to machine where the reason is the same. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private MachineGroups() {}

    private record Key(
            MachinePhase phase,
            @Nullable String runs,
            String rule,
            String reason,
            @Nullable String by,
            @Nullable String then) {}

    /** @param machines one or more */
    record Group(List<MachineProgress> machines) {
        MachineProgress first() {
            return machines.getFirst();
        }

        /** Since when the first of them has. */
        @Nullable
        Instant since() {
            return machines.stream()
                    .map(MachineProgress::since)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }

        /** Until when the last of them has to. */
        @Nullable
        Instant until() {
            return machines.stream()
                    .map(MachineProgress::until)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    static List<Group> of(List<MachineProgress> machines) {
        Map<Key, List<MachineProgress>> groups = new LinkedHashMap<>();
        machines.forEach(machine ->
                groups.computeIfAbsent(key(machine), any -> new ArrayList<>()).add(machine));
        return groups.values().stream().map(Group::new).toList();
    }

    private static Key key(MachineProgress machine) {
        Authority by = machine.by();
        Prospect then = machine.then();
        return new Key(
                machine.phase(),
                machine.runningVersion(),
                machine.rule(),
                TIME.matcher(machine.reason()).replaceAll(""),
                by == null || by.kind() == Authority.Kind.AGENT ? null : by.words(),
                then == null
                        ? null
                        : then.phase()
                                + then.rule()
                                + TIME.matcher(then.reason()).replaceAll(""));
    }
}

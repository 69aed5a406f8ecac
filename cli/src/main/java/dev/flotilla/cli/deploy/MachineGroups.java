package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Machines that stand where they stand by the same rule of the same authority, and that the same would bring on. */
final class MachineGroups {
    /** Times differ from machine to machine where the reason is the same. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private static final int REASONS = 3;

    private MachineGroups() {}

    private record Key(
            MachinePhase phase,
            String rule,
            Authority.@Nullable Kind kind,
            @Nullable String name,
            @Nullable String unblock) {
        static Key of(MachineProgress machine) {
            Authority by = machine.by();
            return by == null
                    ? new Key(machine.phase(), machine.rule(), null, null, machine.unblock())
                    : new Key(
                            machine.phase(),
                            machine.rule(),
                            by.kind(),
                            shared(by) ? by.name() : null,
                            machine.unblock());
        }
    }

    /** False for who has a say in one machine or group only: the same rule holds others, each by its own. */
    private static boolean shared(Authority by) {
        return switch (by.kind()) {
            case CALLER, DEPLOYMENT, POLICY, OPT_OUT, TENANT, MAINTENANCE_REQUEST, SERVICE, OPTION -> true;
            case ROLLOUT, HOLDER, REPAIR, GROUP_LIMIT, AGENT -> false;
        };
    }

    /** @param machines one or more */
    record Group(List<MachineProgress> machines) {
        MachineProgress first() {
            return machines.getFirst();
        }

        List<String> names() {
            return machines.stream().map(MachineProgress::machine).toList();
        }

        /** The reason; where they have different ones those of most machines, each with its machines. */
        String why(Moments moments) {
            Collection<List<MachineProgress>> reasons =
                    alike(machines, machine -> TIME.matcher(machine.reason()).replaceAll(""));
            if (reasons.size() == 1) {
                return moments.readable(first().reason());
            }
            String most = reasons.stream()
                    .sorted(Comparator.comparing(alike -> -alike.size()))
                    .limit(REASONS)
                    .map(alike -> moments.readable(alike.getFirst().reason()) + " ["
                            + MachineRanges.of(
                                    alike.stream().map(MachineProgress::machine).toList())
                            + "]")
                    .collect(Collectors.joining("; "));
            int more = reasons.size() - REASONS;
            return most + (more > 0 ? "; and " + Quantities.count(more, "reason") + " like these" : "");
        }

        /** The rule and whose it is, where that is the same for all of them. */
        String rule(Moments moments) {
            Authority by = first().by();
            boolean one = machines.stream().allMatch(machine -> Objects.equals(words(machine.by()), words(by)));
            return first().rule() + (by == null || !one ? "" : ", by " + moments.readable(by.words()));
        }

        private static @Nullable String words(@Nullable Authority by) {
            return by == null ? null : by.words();
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

        Text entry(Moments moments) {
            String count = Quantities.count(machines.size(), "machine") + Running.on(machines);
            return new Entry(first().phase().name(), Entry.machines(count + ": ", names(), ""))
                    .with("Why", why(moments))
                    .with("Rule", rule(moments))
                    .with("Since", moments.since(since()))
                    .with("Until", moments.until(until()))
                    .with("Unblock", moments.readable(first().unblock()));
        }
    }

    /** In the order of their first machines. */
    static List<Group> of(List<MachineProgress> machines) {
        return alike(machines, Key::of).stream().map(Group::new).toList();
    }

    private static Collection<List<MachineProgress>> alike(
            List<MachineProgress> machines, Function<MachineProgress, Object> key) {
        Map<Object, List<MachineProgress>> groups = new LinkedHashMap<>();
        machines.forEach(machine -> groups.computeIfAbsent(key.apply(machine), any -> new ArrayList<>())
                .add(machine));
        return groups.values();
    }
}

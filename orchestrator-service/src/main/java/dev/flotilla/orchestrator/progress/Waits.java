package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One reason for all machines that it holds, and what would end it. */
final class Waits {
    static final int EXAMPLES = 10;

    /** @param by who has a say, where that is the same for many machines */
    private record Key(
            MachinePhase phase,
            String rule,
            Origin origin,
            @Nullable Authority by,
            String unblock) {}

    private record Held(String machine, MachineStanding standing, Grounds grounds) {}

    private final Map<Key, List<Held>> groups = new LinkedHashMap<>();

    /** @param grounds what is behind the standing of a machine */
    Waits(Map<String, MachineStanding> standings, BiFunction<String, MachineStanding, Grounds> grounds) {
        standings.forEach((machine, standing) -> {
            Held held = new Held(machine, standing, grounds.apply(machine, standing));
            Key key = new Key(
                    standing.phase(),
                    standing.rule(),
                    standing.origin(),
                    shared(held.grounds().by()),
                    held.grounds().unblock());
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(held);
        });
    }

    /**
     * The waits of a plan.
     *
     * @param taker the newer deployment that has a machine
     */
    static List<Wait> planned(Map<String, MachineStanding> standings, Function<String, @Nullable Authority> taker) {
        return new Waits(standings, (machine, standing) -> Grounds.planned(standing, taker.apply(machine))).all();
    }

    private static @Nullable Authority shared(@Nullable Authority by) {
        return by == null || by.kind() == Authority.Kind.AGENT || by.kind() == Authority.Kind.REPAIR ? null : by;
    }

    /** The reasons, the one with the most machines first. */
    List<Wait> all() {
        return groups.values().stream()
                .map(Waits::wait)
                .sorted(Comparator.comparingInt(Wait::machines).reversed())
                .toList();
    }

    /** The one that the others hang on; null where no machine waits. */
    @Nullable
    Wait foremost() {
        return groups.entrySet().stream()
                .filter(group -> group.getValue().stream().anyMatch(Waits::heldUp))
                .min(Comparator.<Map.Entry<Key, List<Held>>>comparingInt(group -> Foremost.rank(
                                group.getKey().origin(), group.getKey().rule()))
                        .thenComparing(group -> -group.getValue().size()))
                .map(group -> wait(group.getValue()))
                .orElse(null);
    }

    /** Nobody waits for a machine that is under a reboot or repave. */
    private static boolean heldUp(Held held) {
        Authority by = held.grounds().by();
        boolean broken = by != null
                && by.kind() == Authority.Kind.REPAIR
                && !RepairKind.DEPLOY.name().equals(by.detail());
        return !broken
                && Foremost.waits(held.standing().phase(), held.standing().rule());
    }

    private static Wait wait(List<Held> machines) {
        Held first = machines.getFirst();
        return new Wait(
                first.standing().phase(),
                first.standing().rule(),
                first.standing().reason(),
                machines.stream()
                        .map(held -> held.grounds().since())
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                machines.stream()
                        .map(held -> held.standing().until())
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                first.grounds().by(),
                first.grounds().unblock(),
                machines.size(),
                machines.stream().map(Held::machine).limit(EXAMPLES).toList());
    }
}

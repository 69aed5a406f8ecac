package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** device-manager as rollouts see it: one repair for each machine, one fault domain of a group under elective work, a limit for each group. */
final class SimRepairs {
    static final Duration LEASE = Duration.ofSeconds(45);

    /** A live repair; {@code until} is the end of its lease. */
    private record Live(String id, String holder, boolean forced, Instant until) {}

    private final Map<String, SimMachine> machines;
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, Live> live = new LinkedHashMap<>();
    private long ids;

    SimRepairs(Map<String, SimMachine> machines) {
        this.machines = machines;
    }

    void limit(String group, int most) {
        limits.put(group, most);
    }

    int limit(String group) {
        return Objects.requireNonNull(limits.get(group));
    }

    Map<String, ClaimAnswer> claim(String holder, List<Wish> wishes, Instant now) {
        live.values().removeIf(repair -> repair.until().isBefore(now));
        Map<String, ClaimAnswer> answers = new HashMap<>();
        wishes.forEach(wish -> answers.put(wish.machine(), claim(holder, wish, now)));
        return answers;
    }

    private ClaimAnswer claim(String holder, Wish wish, Instant now) {
        SimMachine machine = Objects.requireNonNull(machines.get(wish.machine()));
        Live has = live.get(machine.name);
        if (has != null && has.holder().equals(holder)) {
            live.put(machine.name, new Live(has.id(), holder, has.forced(), now.plus(LEASE)));
            return ClaimAnswer.granted(has.id());
        }
        if (machine.repaved) {
            return refused("active-repair", true);
        }
        if (has != null) {
            return refused("active-repair", false);
        }
        boolean otherDomain = live.entrySet().stream()
                .filter(repair -> !repair.getValue().forced())
                .map(repair -> Objects.requireNonNull(machines.get(repair.getKey())))
                .anyMatch(other -> other.group.equals(machine.group) && !other.faultDomain.equals(machine.faultDomain));
        if (!wish.forced() && otherDomain) {
            return refused("fault-domain", false);
        }
        if (unavailable(machine.group) >= limit(machine.group) && !machine.repaved) {
            return refused("max-unavailable", false);
        }
        String id = "r" + ++ids;
        live.put(machine.name, new Live(id, holder, wish.forced(), now.plus(LEASE)));
        return ClaimAnswer.granted(id);
    }

    void close(String holder, String machine, String id) {
        Live has = live.get(machine);
        if (has != null && has.id().equals(id) && has.holder().equals(holder)) {
            live.remove(machine);
        }
    }

    /** Who has the machine now; null where nobody has. */
    @Nullable
    String holder(String machine, Instant now) {
        Live has = live.get(machine);
        return has == null || has.until().isBefore(now) ? null : has.holder();
    }

    private long unavailable(String group) {
        return machines.values().stream()
                .filter(machine -> machine.group.equals(group))
                .filter(machine -> machine.repaved || live.containsKey(machine.name))
                .count();
    }

    private static ClaimAnswer refused(String rule, boolean broken) {
        return new ClaimAnswer(null, rule, "refused by " + rule, null, broken);
    }
}

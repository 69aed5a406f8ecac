package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** device-manager's repairs, by the rules of its functions {@code claim}, {@code close_repairs} and {@code learn}, one for one. */
final class SimRepairs {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Who claims, what for, and for how long. */
    record Claim(
            String holder,
            RepairKind kind,
            boolean forced,
            @Nullable String service,
            Duration lease) {}

    /** A repair; live until it is closed or its lease ends. */
    static final class Repair {
        final String id;
        final SimMachine machine;
        final String group;
        final Claim claim;
        final Instant since;
        /** True where the machine was broken already when it was granted. */
        final boolean broken;

        Instant leaseEnd;

        Repair(String id, SimMachine machine, Claim claim, boolean broken, Instant now) {
            this.broken = broken;
            this.id = id;
            this.machine = machine;
            this.group = machine.group;
            this.claim = claim;
            this.since = now;
            this.leaseEnd = now.plus(claim.lease());
        }
    }

    private record Failing(@Nullable String service) {}

    private final Map<String, SimMachine> machines;
    private final Set<Safeguard> safeguards;
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, Repair> live = new LinkedHashMap<>();
    private final Map<String, Failing> failing = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Map<String, Set<String>> crashed = new HashMap<>();
    private final SimTickets tickets = new SimTickets();
    private long ids;

    SimRepairs(Map<String, SimMachine> machines, Set<Safeguard> safeguards) {
        this.machines = machines;
        this.safeguards = safeguards;
    }

    void limit(String group, int most) {
        limits.put(group, most);
    }

    int limit(String group) {
        return limits.getOrDefault(group, 1);
    }

    /** Null for a claim that is refused whole, since it names a machine twice. */
    @Nullable
    Map<String, ClaimAnswer> claim(Claim claim, List<String> names, Instant now) {
        if (Set.copyOf(names).size() < names.size()) {
            return null;
        }
        expire(now);
        tickets.forget(now.minus(PATIENCE));
        Map<String, ClaimAnswer> answers = new HashMap<>();
        Map<SimTickets.Place, Boolean> waiting = new LinkedHashMap<>();
        for (String name : names) {
            answers.put(name, claim(claim, name, now, waiting));
        }
        List<SimTickets.Place> asked = names.stream()
                .map(machines::get)
                .filter(machine -> machine != null && !machine.retired)
                .map(machine -> place(claim, machine))
                .distinct()
                .toList();
        tickets.write(claim.holder(), asked, waiting, now);
        return answers;
    }

    private ClaimAnswer claim(Claim claim, String name, Instant now, Map<SimTickets.Place, Boolean> waiting) {
        SimMachine machine = machines.get(name);
        if (machine == null || machine.retired) {
            return refused("unknown-machine", true);
        }
        Repair has = live.get(name);
        if (has != null
                && has.claim.holder().equals(claim.holder())
                && has.claim.kind() == claim.kind()
                && (claim.forced() || !has.claim.forced())
                && Objects.equals(has.claim.service(), claim.service())) {
            has.leaseEnd = now.plus(claim.lease());
            return ClaimAnswer.granted(has.id);
        }
        if (has != null) {
            return refused("active-repair", has.claim.kind() != RepairKind.DEPLOY);
        }
        String rule = refusal(claim, machine);
        if (rule == null) {
            String id = "r" + ++ids;
            live.put(name, new Repair(id, machine, claim, broken(name), now));
            return ClaimAnswer.granted(id);
        }
        waits(claim, machine, rule, waiting);
        return refused(rule, false);
    }

    private @Nullable String refusal(Claim claim, SimMachine machine) {
        String open = openDomain(machine.group);
        if (!claim.forced()
                && open != null
                && !open.equals(machine.faultDomain)
                && safeguards.contains(Safeguard.ONE_FAULT_DOMAIN)) {
            return "fault-domain";
        }
        boolean broken = broken(machine.name);
        int after = unavailable(machine.group) + (broken ? 0 : 1);
        boolean over = after > limit(machine.group) && safeguards.contains(Safeguard.GROUP_LIMIT);
        boolean rival = tickets.rival(machine.group, place(claim, machine).faultDomain(), claim.holder());
        if (rival && (!claim.forced() || !broken && !over)) {
            return "fairness";
        }
        return over && !broken ? "max-unavailable" : null;
    }

    /** Who waits for nothing but its own work or for broken machines makes nobody else wait. */
    private void waits(Claim claim, SimMachine machine, String rule, Map<SimTickets.Place, Boolean> waiting) {
        int own = 0;
        boolean openOwn = false;
        for (Repair repair : live.values()) {
            if (repair.group.equals(machine.group) && repair.claim.holder().equals(claim.holder())) {
                own++;
                openOwn |= !repair.claim.forced();
            }
        }
        boolean mine = rule.equals("fault-domain") && openOwn;
        int alone = brokenIn(machine.group) + own + (broken(machine.name) ? 0 : 1);
        if (alone <= limit(machine.group) && !mine) {
            waiting.put(place(claim, machine), claim.forced() || rule.equals("max-unavailable"));
        }
    }

    private static SimTickets.Place place(Claim claim, SimMachine machine) {
        return claim.forced()
                ? SimTickets.Place.anywhere(machine.group)
                : new SimTickets.Place(machine.group, machine.faultDomain);
    }

    /** What of these is over now; those of others, and unknown ones, are over too. */
    List<String> close(String holder, List<Action.Close> closes, Instant now) {
        expire(now);
        List<String> over = new ArrayList<>();
        for (Action.Close close : closes) {
            Repair has = live.get(close.machine());
            if (has != null
                    && has.id.equals(close.repair())
                    && has.claim.holder().equals(holder)) {
                end(has, close.outcome());
            }
            over.add(close.repair());
        }
        return over;
    }

    void end(Repair repair, Action.Outcome outcome) {
        String name = repair.machine.name;
        Failing before = failing.get(name);
        boolean deploy = repair.claim.kind() == RepairKind.DEPLOY;
        boolean breaks = outcome == Action.Outcome.FAILED && (!deploy || before == null || before.service() != null);
        boolean mends = outcome == Action.Outcome.DONE
                && (!deploy || before != null && Objects.equals(before.service(), repair.claim.service()));
        if (breaks) {
            failing.put(name, new Failing(repair.claim.service()));
        } else if (mends) {
            failing.remove(name);
        }
        live.remove(name);
    }

    private void expire(Instant now) {
        live.values().removeIf(repair -> !repair.leaseEnd.isAfter(now));
    }

    void learn(String machine, boolean isLost) {
        if (isLost) {
            lost.add(machine);
        } else {
            lost.remove(machine);
        }
    }

    /** What starts for the first time is what it was. */
    void learn(RunningService running) {
        boolean again = running.state() == RunState.STARTING && running.restarts() > 0;
        if ((running.state() == RunState.CRASHED || again) && safeguards.contains(Safeguard.CRASHES_COUNT)) {
            crashed.computeIfAbsent(running.machine(), name -> new HashSet<>()).add(running.service());
        } else if (running.state() != RunState.STARTING) {
            crashed.getOrDefault(running.machine(), new HashSet<>()).remove(running.service());
        }
    }

    void mended(String machine) {
        failing.remove(machine);
    }

    void retire(String machine) {
        live.remove(machine);
        failing.remove(machine);
        lost.remove(machine);
        crashed.remove(machine);
    }

    /** The live repair of a machine. */
    @Nullable
    Repair of(String machine, Instant now) {
        Repair has = live.get(machine);
        return has == null || !has.leaseEnd.isAfter(now) ? null : has;
    }

    /** The ids of the live repairs of a holder, by machine. */
    Map<String, String> held(String holder, Instant now) {
        Map<String, String> held = new LinkedHashMap<>();
        live.forEach((machine, repair) -> {
            if (repair.claim.holder().equals(holder) && repair.leaseEnd.isAfter(now)) {
                held.put(machine, repair.id);
            }
        });
        return held;
    }

    boolean broken(String machine) {
        return failing.containsKey(machine)
                || lost.contains(machine)
                || !crashed.getOrDefault(machine, Set.of()).isEmpty();
    }

    int brokenIn(String group) {
        int count = 0;
        for (SimMachine machine : machines.values()) {
            count += machine.group.equals(group) && broken(machine.name) ? 1 : 0;
        }
        return count;
    }

    private int unavailable(String group) {
        int count = brokenIn(group);
        for (Repair repair : live.values()) {
            count += repair.group.equals(group) && !broken(repair.machine.name) ? 1 : 0;
        }
        return count;
    }

    private @Nullable String openDomain(String group) {
        String first = null;
        for (Repair repair : live.values()) {
            String domain = repair.machine.faultDomain;
            if (!repair.claim.forced()
                    && repair.group.equals(group)
                    && (first == null || domain.compareTo(first) < 0)) {
                first = domain;
            }
        }
        return first;
    }

    private static ClaimAnswer refused(String rule, boolean broken) {
        return new ClaimAnswer(null, rule, "refused by " + rule, null, broken);
    }
}

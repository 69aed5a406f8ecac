package dev.flotilla.orchestrator.decision;

import static dev.flotilla.api.orchestrator.MachinePhase.WAITING;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Plan.Wave;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** What the next wave of a plan waits for: its own machines, and those of another fault domain that all others wait for. */
final class WaveWaits {
    private final Map<String, ClaimAnswer> claims;
    private final PolicyCourse policies;
    private final Instant now;
    private final SequencedMap<String, MachineStanding> noted = new LinkedHashMap<>();
    /** The fault domains of those that all others waited for. */
    private final Map<String, String> awaited = new HashMap<>();
    /** Those that its fault domain goes on without. */
    private final SequencedMap<String, MachineStanding> left = new LinkedHashMap<>();

    /** @param claims as others have the machines now */
    WaveWaits(Map<String, ClaimAnswer> claims, PolicyCourse policies, Instant now) {
        this.claims = claims;
        this.policies = policies;
        this.now = now;
    }

    SequencedMap<String, MachineStanding> noted() {
        return noted;
    }

    void note(String machine, MachineStanding standing) {
        noted.putIfAbsent(machine, standing);
    }

    /** @param turn those whose turn it is at that moment */
    void note(PlanMoment moment, List<Assessment> turn) {
        Orders orders = new Orders(moment.view(), moment.at(), List.of(), moment.turns(), null);
        if (turn.isEmpty()) {
            moment.deferred().forEach(machine -> note(machine.name(), orders.standing(machine)));
            moment.awaited().forEach(machine -> {
                note(machine.name(), orders.standing(machine));
                awaited.put(machine.name(), machine.machine().faultDomain());
            });
            return;
        }
        Set<String> taken = turn.stream().map(Assessment::name).collect(Collectors.toSet());
        String domain = turn.getFirst().machine().faultDomain();
        left.clear();
        moment.awaited().stream()
                .filter(machine -> domain.equals(machine.machine().faultDomain()))
                .filter(machine -> !taken.contains(machine.name()))
                .forEach(machine -> left.put(machine.name(), orders.standing(machine)));
        turn.forEach(machine -> {
            ClaimAnswer claim = claims.get(machine.name());
            if (claim != null && !claim.granted()) {
                note(machine.name(), MachineStanding.refused(WAITING, claim));
            }
            Permit permit = policies.now(machine);
            if (permit.effect() == Effect.DENY) {
                note(machine.name(), policies.passedBy(machine, permit, now));
            }
        });
    }

    /** The wave without what it does not wait for. */
    Wave of(Wave wave) {
        Set<String> own = Set.copyOf(wave.machines());
        SequencedMap<String, MachineStanding> waits = new LinkedHashMap<>(wave.waits());
        waits.keySet().removeIf(machine -> !own.contains(machine) && !precedes(machine, wave));
        return wave.waiting(waits);
    }

    private boolean precedes(String machine, Wave wave) {
        String domain = awaited.get(machine);
        return wave.faultDomain() != null && domain != null && !Objects.equals(domain, wave.faultDomain());
    }

    /** The wave is taken; the next is another's. @param late those of it that may not begin any more when a place is free for them */
    void taken(Map<String, MachineStanding> late) {
        noted.clear();
        awaited.clear();
        left.forEach(this::note);
        late.forEach(this::note);
    }

    /** Nobody of these may begin in time. */
    void late(Map<String, MachineStanding> late) {
        noted.putAll(late);
    }
}

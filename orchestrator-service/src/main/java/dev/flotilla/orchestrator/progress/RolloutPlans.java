package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.WaveKind;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.decision.Plan;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the plan of a rollout into words for people. */
final class RolloutPlans {
    private final Observation observed;
    private final Neighbours.Seen others;
    private final ChangeTimes.Change change;
    private final int names;

    /** @param names how many machines to name for each wave */
    RolloutPlans(Observation observed, Neighbours.Seen others, ChangeTimes.Change change, int names) {
        this.observed = observed;
        this.others = others;
        this.change = change;
        this.names = names;
    }

    RolloutPlan of(Plan plan) {
        Rollout rollout = observed.rollout();
        List<PlannedWave> waves = new ArrayList<>();
        for (Plan.Wave wave : plan.waves()) {
            boolean first = waves.stream().allMatch(before -> before.kind() == WaveKind.MENDING);
            waves.add(wave(waves.size() + 1, wave, first));
        }
        Instant ends = plan.endsAt();
        Duration expected = plan.waves().isEmpty() ? Duration.ZERO : ends == null ? null : after(ends);
        return new RolloutPlan(
                rollout.id(),
                rollout.environment(),
                rollout.machineFunction(),
                rollout.state(),
                rollout.reason(),
                observed.view().machines().size(),
                plan.done(),
                plan.planned(),
                plan.passedBy().size(),
                change.time(),
                change.from(),
                expected,
                ends,
                waves,
                Waits.planned(plan.passedBy()),
                remarks());
    }

    private PlannedWave wave(int number, Plan.Wave wave, boolean first) {
        Map<String, MachineStanding> waits = new LinkedHashMap<>(wave.waits());
        if (first && wave.kind() != WaveKind.MENDING) {
            otherDomain(wave).forEach(waits::putIfAbsent);
        }
        Instant begins = wave.begins();
        return new PlannedWave(
                number,
                wave.kind(),
                wave.faultDomain(),
                wave.machines().size(),
                wave.underWay().size(),
                wave.machines().stream().limit(names).toList(),
                wave.atOnce(),
                wave.batches(),
                begins == null ? null : after(begins),
                wave.takes(),
                Stream.concat(Waits.planned(waits).stream(), tenants(wave).stream())
                        .toList());
    }

    private Duration after(Instant when) {
        return Duration.between(observed.at(), when);
    }

    /** Elective work of others in another fault domain of the group, which must be over before the wave can begin. */
    private Map<String, MachineStanding> otherDomain(Plan.Wave wave) {
        Map<String, MachineStanding> waits = new LinkedHashMap<>();
        others.repairs().stream()
                .filter(repair -> !repair.forced() && !repair.faultDomain().equals(String.valueOf(wave.faultDomain())))
                .findFirst()
                .ifPresent(repair -> further(wave).forEach(machine -> waits.put(machine, elsewhere(repair))));
        return waits;
    }

    private static MachineStanding elsewhere(Repair repair) {
        return new MachineStanding(
                MachinePhase.WAITING,
                "fault domain " + repair.faultDomain() + " of the group is under work of others: " + repair.id()
                        + " of " + repair.holder() + " on " + repair.machine() + " since " + repair.since(),
                ClaimRule.FAULT_DOMAIN.id(),
                repair.leaseEnd(),
                Origin.CLAIM);
    }

    /** Whom the machines belong to that are still to be changed: those are asked first. */
    private List<Wait> tenants(Plan.Wave wave) {
        Map<String, List<String>> machines = new TreeMap<>();
        if (wave.kind() != WaveKind.MENDING) {
            further(wave).forEach(name -> {
                @Nullable Machine device = observed.devices().get(name);
                String tenant = device == null ? null : device.tenant();
                if (tenant != null) {
                    machines.computeIfAbsent(tenant, owner -> new ArrayList<>()).add(name);
                }
            });
        }
        return machines.entrySet().stream()
                .map(owned -> new Wait(
                        MachinePhase.WAITING,
                        "maintenance-request",
                        "tenant " + owned.getKey() + " is asked first, where it wishes to be",
                        null,
                        null,
                        new Authority(Authority.Kind.TENANT, owned.getKey(), null, null, "tenant " + owned.getKey()),
                        "the tenant answers, or its time to answer is over",
                        owned.getValue().size(),
                        owned.getValue().stream().limit(Waits.EXAMPLES).toList()))
                .toList();
    }

    private static List<String> further(Plan.Wave wave) {
        return wave.machines().stream()
                .filter(machine -> !wave.underWay().contains(machine))
                .toList();
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        observed.view().obstacles().forEach(obstacle -> remarks.add("not taken into account: " + obstacle.reason()));
        if (others.trouble() != null) {
            remarks.add(
                    "not taken into account: repairs and the limit of the group, which device-manager did not tell: "
                            + others.trouble());
        }
        return remarks;
    }
}

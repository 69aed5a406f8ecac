package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.WaveKind;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Plan;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the plan of a rollout into words for people. */
final class RolloutPlans {
    private final Observation observed;
    private final Neighbours.Seen others;
    private final Map<String, Term> terms;
    private final ChangeTimes.Change change;
    private final int names;

    /** @param names how many machines to name for each wave */
    RolloutPlans(
            Observation observed,
            Neighbours.Seen others,
            Map<String, Term> terms,
            ChangeTimes.Change change,
            int names) {
        this.observed = observed;
        this.others = others;
        this.terms = terms;
        this.change = change;
        this.names = names;
    }

    RolloutPlan of(Plan plan, List<RolloutPlan.TakenOver> takesOver) {
        Rollout rollout = observed.rollout();
        List<PlannedWave> waves = new ArrayList<>();
        for (Plan.Wave wave : plan.waves()) {
            waves.add(wave(waves.size() + 1, wave));
        }
        Map<String, Authority> taker = new HashMap<>();
        observed.view().machines().forEach(machine -> {
            String newer = machine.supersededBy();
            if (newer != null) {
                taker.put(machine.name(), Authorities.newer(newer));
            }
        });
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
                plan.proving(),
                plan.planned(),
                plan.passedBy().size(),
                change.time(),
                change.from(),
                expected,
                ends,
                plan.asking(),
                waves,
                Waits.planned(plan.passedBy(), taker::get),
                takesOver,
                remarks(ends));
    }

    private PlannedWave wave(int number, Plan.Wave wave) {
        Instant begins = wave.begins();
        return new PlannedWave(
                number,
                wave.kind(),
                wave.faultDomain(),
                wave.machines().size(),
                wave.underWay().size(),
                wave.proving(),
                wave.machines().stream().limit(names).toList(),
                wave.atOnce(),
                wave.batches(),
                begins == null ? null : after(begins),
                wave.takes(),
                wave.asking(),
                Stream.concat(Waits.planned(wave.waits(), none -> null).stream(), tenants(wave).stream())
                        .toList());
    }

    private Duration after(Instant when) {
        return Duration.between(observed.at(), when);
    }

    /** Whom the machines belong to that are still to be changed: those are asked first, where they have not been. */
    private List<Wait> tenants(Plan.Wave wave) {
        Map<String, List<String>> machines = new TreeMap<>();
        if (wave.kind() != WaveKind.MENDING) {
            further(wave).forEach(name -> {
                String tenant = PlannedClaims.asked(observed.devices().get(name), terms);
                MachineStanding wait = wave.waits().get(name);
                boolean said = wait != null && wait.rule().equals(MaintenanceVerdict.OfTenant.RULE);
                if (tenant != null && !said) {
                    machines.computeIfAbsent(tenant, owner -> new ArrayList<>()).add(name);
                }
            });
        }
        return machines.entrySet().stream()
                .map(owned -> asked(owned.getKey(), owned.getValue(), wave))
                .toList();
    }

    private Wait asked(String tenant, List<String> machines, Plan.Wave wave) {
        Term term = Objects.requireNonNull(terms.get(tenant));
        Instant begins = wave.begins();
        boolean known = begins != null && !wave.asking().isZero() && term.ends();
        return new Wait(
                MachinePhase.WAITING,
                MaintenanceVerdict.OfTenant.RULE,
                term.words(tenant),
                null,
                known ? Objects.requireNonNull(begins).plus(wave.asking()) : null,
                new Authority(Authority.Kind.TENANT, tenant, null, null, "tenant " + tenant),
                term.ends() ? "the tenant answers, or its time to answer is over" : "the tenant answers",
                machines.size(),
                machines.stream().limit(Waits.EXAMPLES).toList());
    }

    private static List<String> further(Plan.Wave wave) {
        return wave.machines().stream()
                .filter(machine -> !wave.underWay().contains(machine))
                .toList();
    }

    /** @param ends when the plan does; null where that is not known */
    private List<String> remarks(@Nullable Instant ends) {
        List<String> remarks = new ArrayList<>();
        observed.view().obstacles().forEach(obstacle -> remarks.add("not taken into account: " + obstacle.reason()));
        if (others.trouble() != null) {
            remarks.add(
                    "not taken into account: repairs and the limit of the group, which device-manager did not tell: "
                            + others.trouble());
        }
        terms.forEach((tenant, term) -> {
            if (term instanceof Term.Unknown(String trouble)) {
                remarks.add("not taken into account: how tenant " + tenant
                        + " is asked, which policy-engine did not tell: " + trouble);
            }
        });
        remarks.addAll(beyond(ends));
        return remarks;
    }

    /** What policies may say that is not known. */
    private List<String> beyond(@Nullable Instant ends) {
        List<String> beyond = new ArrayList<>();
        Instant known = observed.outlook().knownUntil();
        if (known != null && ends != null && ends.isAfter(known)) {
            beyond.add("what policies say from " + known + " on is not known yet");
        }
        observed.outlook().unforeseen().stream()
                .sorted()
                .forEach(policy -> beyond.add("not foreseen: when the condition of the policy '" + policy
                        + "' will say something else, since it reads the time"));
        return beyond;
    }
}

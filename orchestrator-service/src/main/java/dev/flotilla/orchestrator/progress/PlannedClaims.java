package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.OfTenant;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.orchestrator.decision.Askings;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Disruption;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.TenantWords;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who would stand in the way of a rollout's claims, for its plan. An end is named only where it is one: leases are renewed, and silence may mean wait. */
final class PlannedClaims {
    private final Observation observed;
    private final Map<String, Term> terms;
    private final TenantsNow now;

    PlannedClaims(TenantsNow now, Map<String, Term> terms) {
        this.observed = now.observed();
        this.terms = terms;
        this.now = now;
    }

    /** A refused claim for each machine that others have, or whose tenant has not agreed yet. */
    Map<String, ClaimAnswer> refusals(Neighbours.Seen others) {
        Map<String, ClaimAnswer> refusals = new HashMap<>();
        Rollout rollout = observed.rollout();
        if (rollout.state() == DeploymentState.ROLLING_OUT) {
            now.lastRefusals().forEach((machine, refusal) -> {
                if (!refusal.passedBy()) {
                    refusals.put(machine, refusal.tenant() == null || ends(refusal) ? refusal : endless(refusal));
                }
            });
        }
        observed.devices().forEach((name, machine) -> {
            OfTenant word = now.word(machine);
            if (word != null && (word.state() == State.PASS_BY || suspended(word))) {
                refusals.put(name, TenantWords.refusal(word));
            }
        });
        others.repairs().forEach(repair -> refusals.put(repair.machine(), held(repair)));
        return refusals;
    }

    /** It waits, and not for an answer to what it was asked. */
    private static boolean suspended(OfTenant word) {
        return word.state() == State.WAIT && word.step() == null;
    }

    private boolean ends(ClaimAnswer refusal) {
        Term term = terms.get(refusal.tenant());
        return term != null && term.ends();
    }

    private static ClaimAnswer endless(ClaimAnswer refusal) {
        return new ClaimAnswer(
                null,
                refusal.rule(),
                refusal.reason(),
                null,
                refusal.passedBy(),
                refusal.since(),
                refusal.tenant(),
                refusal.step(),
                refusal.unblock());
    }

    private static ClaimAnswer held(Repair repair) {
        ClaimAnswer answer = Neighbours.Seen.refusal(repair);
        return new ClaimAnswer(
                null, answer.rule(), answer.reason() + lease(repair.leaseEnd()), null, answer.passedBy());
    }

    /** Elective work of others, which must be over before work in another fault domain of the group begins. */
    static List<Disruption> disruptions(Neighbours.Seen others) {
        return others.repairs().stream()
                .filter(repair -> !repair.forced())
                .map(repair -> new Disruption(repair.faultDomain(), repair.leaseEnd(), elsewhere(repair)))
                .toList();
    }

    private static MachineStanding elsewhere(Repair repair) {
        return new MachineStanding(
                MachinePhase.WAITING,
                "fault domain " + repair.faultDomain() + " of the group is under work of others: " + repair.id()
                        + " of " + repair.holder() + " on " + repair.machine() + " since " + repair.since()
                        + lease(repair.leaseEnd()),
                ClaimRule.FAULT_DOMAIN.id(),
                null,
                Origin.CLAIM);
    }

    /** Until when a repair is held, in words to be put after the rest: whoever holds it may renew it, or be done before. */
    static String lease(@Nullable Instant end) {
        return end == null ? "" : "; its lease lasts until " + end + " and may be renewed";
    }

    /** How long tenants may take to answer what they are or will be asked. */
    Askings askings() {
        Rollout rollout = observed.rollout();
        String impact = rollout.impactDomain();
        Map<String, Duration> starts = new HashMap<>();
        Map<String, Duration> ends = new HashMap<>();
        Set<String> silent = new HashSet<>();
        observed.devices().forEach((name, machine) -> {
            String tenant = machine.tenant();
            Term term = tenant == null ? null : terms.get(tenant);
            if (tenant != null && term != null) {
                starts.put(name, machine.faultDomain().equals(impact) ? Duration.ZERO : term.start());
                ends.put(name, term.end());
                OfTenant word = now.word(machine);
                if (word != null && suspended(word)) {
                    silent.add(name);
                }
                Step open = word == null || !machine.faultDomain().equals(impact) ? null : word.step();
                if (open != null) {
                    if (open.deadline().isBefore(observed.at())) {
                        silent.add(name);
                    } else {
                        starts.put(name, Duration.between(observed.at(), open.deadline()));
                    }
                }
            }
        });
        return new Askings(starts, ends, silent, impact);
    }

    /** The tenant of a machine who is asked about it in time to come; null for none. */
    static @Nullable String asked(@Nullable Machine machine, Map<String, Term> terms) {
        String tenant = machine == null ? null : machine.tenant();
        return tenant == null || terms.get(tenant) instanceof Term.Never ? null : tenant;
    }
}

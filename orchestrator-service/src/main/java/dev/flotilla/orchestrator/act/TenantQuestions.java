package dev.flotilla.orchestrator.act;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.maintenance.Impact;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Wish;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.TenantWords;
import dev.flotilla.orchestrator.rollout.Commands;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks tenants, through maintenance requests, before their machines are changed: the start of an impact before the first machine of a fault domain,
 * its end before the next one begins, and the end of all when the rollout is over. All of it may be said again.
 */
@Component
class TenantQuestions {
    private static final Logger log = LoggerFactory.getLogger(TenantQuestions.class);
    private final MaintenanceApi maintenance;
    private final Rollouts rollouts;
    private final Commands commands;
    private final TenantWords words;
    private final Neighbours neighbours;

    TenantQuestions(
            MaintenanceApi maintenance,
            Rollouts rollouts,
            Commands commands,
            TenantWords words,
            Neighbours neighbours) {
        this.neighbours = neighbours;
        this.maintenance = maintenance;
        this.words = words;
        this.rollouts = rollouts;
        this.commands = commands;
    }

    /**
     * The machines among those wished for that must still be left alone, and why. Where a tenant says stop, the rollout is halted. Throws when the
     * policy engine gives no answer.
     */
    Map<String, ClaimAnswer> withheld(Observation observed, List<Wish> wishes, Instant now) {
        List<MaintenanceIntent.Share> shares = shares(observed.devices());
        if (shares.isEmpty()) {
            return Map.of();
        }
        Map<String, ClaimAnswer> withheld = forGood(observed, wishes);
        if (wishes.stream().anyMatch(wish -> !wish.forced() && !withheld.containsKey(wish.machine()))) {
            withheld.putAll(repaired(observed, wishes));
        }
        List<String> elective = wishes.stream()
                .filter(wish -> !wish.forced())
                .map(Wish::machine)
                .filter(machine -> !withheld.containsKey(machine))
                .toList();
        if (!elective.isEmpty()) {
            withheld.putAll(asked(observed, shares, elective, now));
        }
        return withheld;
    }

    /**
     * The machines of tenants who want the rollout never to change them: those that it has not begun with, whether it is their turn or not, and
     * whether anybody would be asked about them or not.
     */
    private Map<String, ClaimAnswer> forGood(Observation observed, List<Wish> wishes) {
        Map<String, ClaimAnswer> refusals = new HashMap<>();
        words.against(observed.rollout().id(), observed.devices().values()).values().stream()
                .filter(tenant -> tenant.state() == State.PASS_BY)
                .forEach(tenant -> refusals.put(tenant.tenant(), TenantWords.refusal(tenant)));
        Map<String, ClaimAnswer> refused = new HashMap<>();
        if (!refusals.isEmpty()) {
            Set<String> wished = new HashSet<>();
            wishes.stream().filter(wish -> !wish.forced()).map(Wish::machine).forEach(wished::add);
            wished.removeAll(begun(observed, List.copyOf(wished)));
            observed.devices().forEach((name, machine) -> {
                ClaimAnswer refusal = machine.tenant() == null ? null : refusals.get(machine.tenant());
                if (refusal != null
                        && (wished.contains(name) || observed.orders().get(name) == null)) {
                    refused.put(name, refusal);
                }
            });
        }
        return refused;
    }

    /**
     * The machines that are under a reboot or a repave: they are passed by, so nobody is asked on their account. Else the question about the fault
     * domain that is next would be taken back at each look, for one that is over.
     */
    private Map<String, ClaimAnswer> repaired(Observation observed, List<Wish> wishes) {
        Set<String> begun =
                Set.copyOf(begun(observed, wishes.stream().map(Wish::machine).toList()));
        Map<String, ClaimAnswer> refused = new HashMap<>();
        neighbours.certain(observed.rollout()).stream()
                .filter(repair -> repair.kind() != RepairKind.DEPLOY && !begun.contains(repair.machine()))
                .forEach(repair -> refused.put(repair.machine(), Neighbours.Seen.refusal(repair)));
        return refused;
    }

    private Map<String, ClaimAnswer> asked(
            Observation observed, List<MaintenanceIntent.Share> shares, List<String> elective, Instant now) {
        String domain = Objects.requireNonNull(observed.devices().get(elective.getFirst()))
                .faultDomain();
        List<String> begun = begun(observed, elective);
        String before = observed.rollout().impactDomain();
        if (before != null && !before.equals(domain)) {
            MaintenanceVerdict end = say(observed, shares, before, StepKind.IMPACT_END, now);
            MaintenanceVerdict.OfTenant awaited = awaited(end, shares, before);
            if (awaited != null) {
                return refuse(elective, begun, machine -> awaited);
            }
        }
        if (!domain.equals(before)) {
            rollouts.impact(observed.rollout().id(), domain);
        }
        MaintenanceVerdict start = say(observed, shares, domain, StepKind.IMPACT_START, now);
        Map<String, MaintenanceVerdict.OfTenant> waiting = new HashMap<>();
        start.tenants().stream()
                .filter(tenant -> tenant.state() != State.GO)
                .forEach(tenant -> waiting.put(tenant.tenant(), tenant));
        return refuse(elective, begun, machine -> {
            String tenant =
                    Objects.requireNonNull(observed.devices().get(machine)).tenant();
            return tenant == null ? null : waiting.get(tenant);
        });
    }

    /** Tells the tenants that a rollout that is over has no further impact. True when nothing is left to say. */
    boolean finished(Observation observed, DeploymentState state, Instant now) {
        String domain = observed.rollout().impactDomain();
        if (domain == null || state == DeploymentState.ROLLING_OUT || state == DeploymentState.HALTED) {
            return true;
        }
        try {
            List<MaintenanceIntent.Share> shares = shares(observed.devices());
            boolean complete = state == DeploymentState.COMPLETE;
            if (complete && awaited(say(observed, shares, domain, StepKind.IMPACT_END, now), shares, domain) != null) {
                return false;
            }
            maintenance.intend(
                    observed.rollout().id(),
                    intent(
                            observed.rollout(),
                            shares,
                            null,
                            complete ? MaintenanceIntent.Finished.COMPLETED : MaintenanceIntent.Finished.CANCELLED));
            rollouts.impact(observed.rollout().id(), null);
            return true;
        } catch (RuntimeException e) {
            log.warn(
                    "{}: tenants are not told of its end yet: {}",
                    observed.rollout().id(),
                    e.toString());
            return false;
        }
    }

    private MaintenanceVerdict say(
            Observation observed, List<MaintenanceIntent.Share> shares, String domain, StepKind kind, Instant now) {
        Rollout rollout = observed.rollout();
        MaintenanceVerdict verdict = maintenance.intend(
                rollout.id(), intent(rollout, shares, new MaintenanceIntent.Current(domain, kind), null));
        verdict.tenants().stream()
                .filter(tenant -> tenant.state() == State.STOP)
                .findFirst()
                .ifPresent(tenant -> {
                    boolean halted = commands.give(
                                    Command.PAUSE,
                                    rollout.deployment(),
                                    rollout.id(),
                                    "tenant " + tenant.tenant(),
                                    tenant.reason(),
                                    now)
                            .isEmpty();
                    if (halted) {
                        log.error("{}: stopped by tenant {}: {}", rollout.id(), tenant.tenant(), tenant.reason());
                    }
                });
        return verdict;
    }

    private static MaintenanceIntent intent(
            Rollout rollout,
            List<MaintenanceIntent.Share> shares,
            MaintenanceIntent.@Nullable Current current,
            MaintenanceIntent.@Nullable Finished finished) {
        return new MaintenanceIntent(
                rollout.deployment(),
                rollout.id(),
                rollout.service(),
                rollout.version(),
                new Impact(
                        Impact.Kind.RESTART,
                        Objects.requireNonNull(rollout.options().orDefaults().healthyDeadline())),
                shares,
                current,
                finished,
                null,
                rollout.epoch());
    }

    private static List<MaintenanceIntent.Share> shares(Map<String, Machine> devices) {
        Map<String, Map<String, List<String>>> tenants = new TreeMap<>();
        devices.values().forEach(machine -> {
            String tenant = machine.tenant();
            if (tenant != null) {
                tenants.computeIfAbsent(tenant, t -> new TreeMap<>())
                        .computeIfAbsent(machine.faultDomain(), d -> new ArrayList<>())
                        .add(machine.name());
            }
        });
        return tenants.entrySet().stream()
                .map(tenant -> new MaintenanceIntent.Share(tenant.getKey(), tenant.getValue()))
                .toList();
    }

    /** Those that are being changed already: what was begun may be finished. */
    private static List<String> begun(Observation observed, List<String> machines) {
        return machines.stream()
                .filter(machine -> {
                    var order = observed.orders().get(machine);
                    return order != null && order.repair() != null;
                })
                .toList();
    }

    private static Map<String, ClaimAnswer> refuse(
            List<String> machines, List<String> begun, Function<String, MaintenanceVerdict.@Nullable OfTenant> by) {
        Map<String, ClaimAnswer> refused = new HashMap<>();
        for (String machine : machines) {
            MaintenanceVerdict.OfTenant tenant = begun.contains(machine) ? null : by.apply(machine);
            if (tenant != null) {
                refused.put(machine, TenantWords.refusal(tenant));
            }
        }
        return refused;
    }

    /** The first tenant with machines in the fault domain whose end of impact is waited for; null where none is. Others have nothing to say to it. */
    private static MaintenanceVerdict.@Nullable OfTenant awaited(
            MaintenanceVerdict verdict, List<MaintenanceIntent.Share> shares, String domain) {
        Set<String> there = shares.stream()
                .filter(share -> share.faultDomains().containsKey(domain))
                .map(MaintenanceIntent.Share::tenant)
                .collect(Collectors.toSet());
        return verdict.tenants().stream()
                .filter(tenant ->
                        tenant.state() == State.STOP || there.contains(tenant.tenant()) && holdsUp(tenant.state()))
                .findFirst()
                .orElse(null);
    }

    /** Who is passed by is not waited for. */
    private static boolean holdsUp(State state) {
        return switch (state) {
            case GO, PASS_BY -> false;
            case WAIT, STOP -> true;
        };
    }
}

package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Authority.Kind;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.rollout.History;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who has a say in where machines stand, as far as that is known. */
record Authorities(Rollout rollout, RolloutView view, Known known) {
    private static final String DEVICE_MANAGER = "device-manager";
    static final String BY_TENANT = "tenant ";

    @Nullable
    Authority of(MachineView machine, MachineStanding standing) {
        return switch (standing.origin()) {
            case POLICY -> policy(machine.name());
            case CLAIM -> claim(machine, standing.rule());
            case ROLLOUT ->
                Rule.of(standing.rule()).map(rule -> own(rule, machine)).orElse(null);
        };
    }

    /** Who brought the rollout into the state that it has this reason for; null where that is not known. */
    @Nullable
    Authority cause() {
        HistoryEntry cause = known.cause(rollout.reason());
        if (cause == null) {
            return null;
        }
        if (cause.who().equals(History.ITSELF)) {
            return new Authority(Kind.ROLLOUT, rollout.deployment(), null, cause.reason(), "the deployment itself");
        }
        String did = switch (cause.what()) {
            case "pause" -> "paused it";
            case "roll-back" -> "rolled it back";
            default -> "ended it";
        };
        boolean tenant = cause.who().startsWith(BY_TENANT);
        return new Authority(
                tenant ? Kind.TENANT : Kind.CALLER,
                tenant ? cause.who().substring(BY_TENANT.length()) : cause.who(),
                null,
                cause.reason(),
                cause.who() + ", who " + did);
    }

    private @Nullable Authority policy(String machine) {
        Permit permit = view.permits().get(machine);
        if (permit == null || permit.policy() == null || permit.kind() == null) {
            return permit == null ? null : named(permit.policy());
        }
        String name = permit.policy();
        String holder = known.holders().get(PolicyHolders.key(permit.kind(), name));
        return switch (permit.kind()) {
            case POLICY, OVERRIDE ->
                new Authority(Kind.POLICY, name, holder, null, "the policy '" + name + "'" + of(holder));
            case OPT_OUT -> new Authority(Kind.OPT_OUT, name, holder, null, "the opt-out '" + name + "'" + of(holder));
            case MAINTENANCE_REQUEST -> {
                String tenant = known.tenants().get(machine);
                yield new Authority(
                        Kind.MAINTENANCE_REQUEST,
                        name,
                        tenant,
                        null,
                        (tenant == null ? "the tenant" : "tenant " + tenant)
                                + ", who has not agreed to the maintenance request " + name);
            }
        };
    }

    private static Authority named(@Nullable String policy) {
        return policy == null
                ? service("policy-engine")
                : new Authority(Kind.POLICY, policy, null, null, "the policy '" + policy + "'");
    }

    private static String of(@Nullable String holder) {
        return holder == null ? "" : " of " + holder;
    }

    private @Nullable Authority claim(MachineView machine, String rule) {
        ClaimAnswer answer = view.claims().get(machine.name());
        String tenant = answer == null ? null : answer.tenant();
        if (answer != null && tenant != null) {
            String step = answer.step();
            return new Authority(
                    Kind.TENANT,
                    tenant,
                    null,
                    step,
                    "tenant " + tenant + (step == null ? "" : ", who is asked for " + step));
        }
        return Arrays.stream(ClaimRule.values())
                .filter(each -> each.id().equals(rule))
                .findFirst()
                .map(each -> claim(each, machine))
                .orElse(null);
    }

    private Authority claim(ClaimRule rule, MachineView machine) {
        return switch (rule) {
            case ACTIVE_REPAIR -> {
                Repair repair = known.repair(machine.name());
                yield repair == null ? service(DEVICE_MANAGER) : repair(repair);
            }
            case FAULT_DOMAIN -> {
                Repair repair = known.elsewhere(machine.faultDomain());
                yield repair == null
                        ? service(DEVICE_MANAGER)
                        : new Authority(
                                Kind.HOLDER,
                                repair.holder(),
                                null,
                                repair.faultDomain(),
                                repair.holder() + ", which works in fault domain " + repair.faultDomain());
            }
            case MAX_UNAVAILABLE -> {
                String group = rollout.environment() + "/" + rollout.machineFunction();
                yield new Authority(
                        Kind.GROUP_LIMIT, group, null, null, "the limit of " + group + " in device-manager");
            }
            case FAIRNESS, UNKNOWN_MACHINE, MOVING -> service(DEVICE_MANAGER);
        };
    }

    private static Authority repair(Repair repair) {
        String kind = repair.kind().name();
        return new Authority(
                Kind.REPAIR,
                repair.id(),
                repair.holder(),
                kind,
                repair.holder() + ", who has it for the " + kind.toLowerCase(Locale.ROOT) + " " + repair.id());
    }

    private @Nullable Authority own(Rule rule, MachineView machine) {
        Limits limits = view.limits();
        return switch (rule) {
            case RUNNING -> null;
            case PROVING -> option("minHealthyTime", limits.minHealthyTime().toString());
            case CANARY -> option("canaryMachines", limits.canaryMachines().toString());
            case MAX_UNAVAILABLE ->
                option("maxUnavailable", limits.maxUnavailable().toString());
            case SET_ASIDE, CRASH_LOOP -> option("maxAttempts", String.valueOf(limits.maxAttempts()));
            case FAULT_DOMAIN -> itself("the rollout's order: one fault domain after the other");
            case RETRY_BACKOFF -> itself("the rollout's pause after a failed attempt");
            case MENDING_PACE -> itself("the rollout's pause before a machine is brought back");
            case ORDERED, FETCHED -> itself("the rollout, whose order goes out next");
            case IN_PROGRESS, UNANSWERED, RESTARTING, LOST, NEVER_REPORTED ->
                new Authority(Kind.AGENT, machine.name(), null, null, "the agent of " + machine.name());
            case SUPERSEDED -> {
                String newer = machine.supersededBy() == null ? view.replaced() : machine.supersededBy();
                yield newer == null ? null : newer(newer);
            }
            case HALTED, ABORTED, FAILURE_THRESHOLD, PROGRESS_DEADLINE -> cause();
            case POLICY -> service("policy-engine");
            case REGISTRY -> service("version-registry-service");
            case GONE, TOPOLOGY -> service(DEVICE_MANAGER);
            case REPAIRS ->
                view.obstacles().stream().map(Obstacle::rule).anyMatch(Rule.REPAIRS::equals)
                        ? null
                        : service(DEVICE_MANAGER);
        };
    }

    /** A deployment that takes machines over. */
    static Authority newer(String deployment) {
        return new Authority(Kind.DEPLOYMENT, deployment, null, null, "the newer deployment " + deployment);
    }

    private Authority itself(String words) {
        return new Authority(Kind.ROLLOUT, rollout.id(), null, null, words);
    }

    private Authority option(String name, String value) {
        return new Authority(
                Kind.OPTION,
                name,
                null,
                value,
                "the option " + name + " of " + rollout.deployment() + ", which is " + value);
    }

    private static Authority service(String name) {
        return new Authority(Kind.SERVICE, name, null, null, name);
    }
}

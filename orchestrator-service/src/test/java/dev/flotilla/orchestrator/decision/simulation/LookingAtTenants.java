package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Wish;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a look says to tenants, as {@code TenantQuestions} does, an outside call at a time. */
final class LookingAtTenants {
    private enum Stage {
        END_OF_LAST,
        NOTE,
        START
    }

    private final Look look;
    private final Set<String> all = new TreeSet<>();
    private final @Nullable String before;
    private Stage stage = Stage.END_OF_LAST;
    private boolean ended;
    private boolean outdated;
    private Map<String, ClaimAnswer> withheld = new HashMap<>();

    LookingAtTenants(Look look) {
        this.look = look;
        this.before = look.rollout.impactDomain;
        look.world.machinesOf(look.rollout).values().forEach(machine -> {
            if (machine != null && machine.tenant != null) {
                all.add(machine.tenant);
            }
        });
    }

    /** True where somebody else has spoken for the rollout since it was looked at: then nothing that was heard is an answer. */
    boolean outdated() {
        return outdated;
    }

    boolean any() {
        return !all.isEmpty();
    }

    Map<String, ClaimAnswer> withheld() {
        return withheld;
    }

    /** Makes one call; true when all is known. */
    boolean ask(List<Wish> wishes) {
        if (stage == Stage.END_OF_LAST) {
            withheld = new HashMap<>();
        }
        List<String> elective = wishes.stream()
                .filter(wish -> !wish.forced())
                .map(Wish::machine)
                .toList();
        if (all.isEmpty() || elective.isEmpty() || !look.world.safeguards.contains(Safeguard.TENANTS_ASKED)) {
            return true;
        }
        String domain = look.world.machine(elective.getFirst()).faultDomain;
        switch (stage) {
            case END_OF_LAST -> {
                if (before != null && !before.equals(domain)) {
                    Map<String, State> end = say(before, StepKind.IMPACT_END);
                    if (end.values().stream().anyMatch(state -> state != State.GO)) {
                        refuse(elective, null);
                        return true;
                    }
                }
                stage = domain.equals(before) ? Stage.START : Stage.NOTE;
            }
            case NOTE -> {
                look.rollout.impactDomain = domain;
                stage = Stage.START;
            }
            case START -> {
                Map<String, State> start = say(domain, StepKind.IMPACT_START);
                refuse(elective, start);
                stage = Stage.END_OF_LAST;
                return true;
            }
        }
        return false;
    }

    private void refuse(List<String> elective, @Nullable Map<String, State> states) {
        for (String name : elective) {
            var order = look.rollout.orders.get(name);
            boolean begun = order != null && order.repair() != null;
            String tenant = look.world.machine(name).tenant;
            boolean waits = states == null || tenant != null && states.getOrDefault(tenant, State.GO) != State.GO;
            if (!begun && waits) {
                withheld.put(name, new ClaimAnswer(null, "maintenance-request", "a tenant waits", null, false));
            }
        }
    }

    /** Tells the tenants of a rollout that is over; true when nothing is left to say. */
    boolean finish(DeploymentState state) {
        if (before == null || state == DeploymentState.ROLLING_OUT || state == DeploymentState.HALTED) {
            return true;
        }
        if (state == DeploymentState.COMPLETE && !ended) {
            Map<String, State> end = say(before, StepKind.IMPACT_END);
            if (end.values().stream().anyMatch(answer -> answer != State.GO)) {
                return false;
            }
            ended = true;
            return false;
        }
        if (!look.world.tenants.listens(look.rollout.id, look.epochSeen)) {
            ended = false;
            return false;
        }
        look.world.tenants.finished(look.rollout.id);
        look.rollout.impactDomain = null;
        ended = false;
        return true;
    }

    /** True between the two calls of the end. */
    boolean inMidWay() {
        return ended;
    }

    private Map<String, State> say(String domain, StepKind kind) {
        if (!look.world.tenants.listens(look.rollout.id, look.epochSeen)
                && look.world.safeguards.contains(Safeguard.TENANTS_KNOW_EPOCHS)) {
            outdated = true;
            return Map.of("everybody", State.WAIT);
        }
        Map<String, State> states = look.world.tenants.intend(look.rollout.id, all, domain, kind, look.world.now);
        states.forEach(look::stopped);
        return states;
    }
}

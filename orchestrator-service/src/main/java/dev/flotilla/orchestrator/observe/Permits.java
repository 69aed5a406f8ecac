package dev.flotilla.orchestrator.observe;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Asks the policy engine. */
@Component
public class Permits {
    private static final int BATCH = 10_000;
    private final PolicyApi policies;

    Permits(PolicyApi policies) {
        this.policies = policies;
    }

    /** The answer for each of the machines; throws when the policy engine gives none. */
    public Map<String, Permit> ask(Rollout rollout, List<String> machines, Map<String, Machine> devices) {
        return ask(policies::decide, rollout, machines, devices);
    }

    /** The same for whoever only wants to know: the policy engine keeps nothing of it. */
    Map<String, Permit> preview(Rollout rollout, List<String> machines, Map<String, Machine> devices) {
        return ask(policies::preview, rollout, machines, devices);
    }

    private static Map<String, Permit> ask(
            Function<DecisionRequest, Decisions> engine,
            Rollout rollout,
            List<String> machines,
            Map<String, Machine> devices) {
        Map<String, Permit> permits = new HashMap<>();
        for (int from = 0; from < machines.size(); from += BATCH) {
            List<DecisionRequest.Subject> subjects =
                    machines.subList(from, Math.min(from + BATCH, machines.size())).stream()
                            .map(name -> subject(Objects.requireNonNull(devices.get(name))))
                            .toList();
            engine.apply(new DecisionRequest(
                            rollout.service(), rollout.version(), subjects, rollout.deployment(), rollout.id()))
                    .decisions()
                    .forEach(decision -> permits.put(decision.machine(), permit(decision)));
        }
        return permits;
    }

    private static DecisionRequest.Subject subject(Machine machine) {
        return new DecisionRequest.Subject(
                machine.name(),
                machine.environment(),
                machine.machineFunction(),
                machine.faultDomain(),
                machine.region(),
                machine.tenant());
    }

    private static Permit permit(Decision decision) {
        return new Permit(decision.effect(), decision.reason(), decision.policy(), decision.kind(), decision.until());
    }
}

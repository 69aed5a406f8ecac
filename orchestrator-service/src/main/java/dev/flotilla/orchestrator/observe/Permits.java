package dev.flotilla.orchestrator.observe;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.orchestrator.decision.Outlook;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.ArrayList;
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
        return permits(ask(policies::decide, rollout, machines, devices));
    }

    /** What it says now, and will say. */
    record Preview(Map<String, Permit> permits, Outlook outlook) {}

    /** The same for whoever only wants to know: the policy engine keeps nothing of it. */
    Map<String, Permit> asOfNow(Rollout rollout, List<String> machines, Map<String, Machine> devices) {
        return permits(ask(request -> policies.preview(request, false), rollout, machines, devices));
    }

    /** The same, and what it will answer: the engine decides again for each moment at which a rule begins or ends. */
    Preview preview(Rollout rollout, List<String> machines, Map<String, Machine> devices) {
        List<Decisions> answers = ask(request -> policies.preview(request, true), rollout, machines, devices);
        Outlooks outlooks = new Outlooks();
        answers.forEach(answer -> outlooks.add(answer.outlooks()));
        return new Preview(permits(answers), outlooks.all());
    }

    private static List<Decisions> ask(
            Function<DecisionRequest, Decisions> engine,
            Rollout rollout,
            List<String> machines,
            Map<String, Machine> devices) {
        List<Decisions> answers = new ArrayList<>();
        for (int from = 0; from < machines.size(); from += BATCH) {
            List<DecisionRequest.Subject> subjects =
                    machines.subList(from, Math.min(from + BATCH, machines.size())).stream()
                            .map(name -> subject(Objects.requireNonNull(devices.get(name))))
                            .toList();
            answers.add(engine.apply(new DecisionRequest(
                    rollout.service(), rollout.version(), subjects, rollout.deployment(), rollout.id())));
        }
        return answers;
    }

    private static Map<String, Permit> permits(List<Decisions> answers) {
        Map<String, Permit> permits = new HashMap<>();
        answers.forEach(
                answer -> answer.decisions().forEach(decision -> permits.put(decision.machine(), permit(decision))));
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

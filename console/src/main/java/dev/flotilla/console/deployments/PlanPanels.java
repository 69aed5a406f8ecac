package dev.flotilla.console.deployments;

import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.console.deployments.PlanPanel.RolloutWaves;
import dev.flotilla.console.deployments.PlanPanel.WaveLine;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import dev.flotilla.console.why.Why;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the plan of a deployment readable, asking the orchestrator on behalf of the viewer, and only when the viewer wants it: it takes work. */
@Component
public class PlanPanels {
    private static final int NAMES = 5;

    private final OrchestratorApi orchestrator;
    private final Questions questions;
    private final DeploymentsProperties properties;

    PlanPanels(OrchestratorApi orchestrator, Questions questions, DeploymentsProperties properties) {
        this.orchestrator = orchestrator;
        this.questions = questions;
        this.properties = properties;
    }

    /** The plan of its first rollouts, or why there is none. */
    public PlanPanel plan(String id) {
        Asked<DeploymentPlan> asked = questions.ask(
                "orchestrator-service",
                "The plan of " + id,
                () -> orchestrator.plan(id, properties.explained(), NAMES, null));
        return switch (asked) {
            case Asked.Answer<DeploymentPlan>(DeploymentPlan plan) -> panel(plan);
            case Asked.Missing<DeploymentPlan>() -> none("The orchestrator knows no deployment '" + id + "' (yet).");
            case Asked.Failed<DeploymentPlan>(String reason) -> none(reason);
        };
    }

    private static PlanPanel none(String message) {
        return new PlanPanel(message, "", List.of(), List.of(), false);
    }

    private static PlanPanel panel(DeploymentPlan plan) {
        int planned = plan.rollouts().stream().mapToInt(RolloutPlan::planned).sum();
        int proving = plan.rollouts().stream().mapToInt(RolloutPlan::proving).sum();
        Set<String> grounds = new LinkedHashSet<>(planned == 0 ? List.of() : plan.assumptions());
        plan.rollouts().forEach(rollout -> grounds.addAll(rollout.remarks()));
        return new PlanPanel(
                null,
                (planned == 0
                                ? "Nothing is left to change"
                                : "It will change " + planned + (planned == 1 ? " machine" : " machines"))
                        + (proving == 0
                                ? ""
                                : "; " + proving
                                        + (proving == 1
                                                ? " has it already and proves itself"
                                                : " have it already and prove themselves"))
                        + (planned + proving == 0
                                ? "."
                                : plan.expected() == null
                                        ? "; nobody can say when: of some of what it waits for no end is known."
                                        : "; that takes about " + Times.took(plan.expected()) + "."),
                plan.rollouts().stream().map(PlanPanels::rollout).toList(),
                List.copyOf(grounds),
                plan.nextCursor() != null);
    }

    private static RolloutWaves rollout(RolloutPlan rollout) {
        return new RolloutWaves(
                rollout.environment() + " " + rollout.machineFunction(),
                rollout.done() + " of " + rollout.machines() + " done, "
                        + (rollout.proving() == 0 ? "" : rollout.proving() + " proving, ") + rollout.planned()
                        + " to change, "
                        + rollout.aside() + " passed by",
                rollout.waves().stream().map(PlanPanels::wave).toList(),
                rollout.passedBy().stream().map(Why::of).toList());
    }

    private static WaveLine wave(PlannedWave wave) {
        int more = wave.machines() - wave.names().size();
        return new WaveLine(
                wave.number(),
                where(wave),
                wave.machines(),
                String.join(", ", wave.names()) + (more > 0 ? " and " + more + " more" : ""),
                wave.atOnce(),
                span(wave.begins()),
                span(wave.takes()),
                wave.waits().stream()
                        .map(wait -> String.join(
                                        ", ",
                                        wait.examples().stream().limit(NAMES).toList())
                                + ": " + Times.readable(wait.reason())
                                + (wait.until() == null ? "" : ", until " + Times.at(wait.until())))
                        .toList());
    }

    private static String where(PlannedWave wave) {
        return switch (wave.kind()) {
            case MENDING -> "any, mending";
            case CANARIES -> wave.faultDomain() + ", canaries";
            case FAULT_DOMAIN -> String.valueOf(wave.faultDomain());
        };
    }

    private static String span(@Nullable Duration span) {
        return span == null ? "not known" : span.isZero() ? "now" : Times.took(span);
    }
}

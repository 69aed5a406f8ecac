package dev.flotilla.console.deployments;

import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.console.deployments.DeploymentPanel.MachineList;
import dev.flotilla.console.deployments.DeploymentPanel.RolloutLine;
import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.console.watch.Fact;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import dev.flotilla.console.why.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes the panel of a deployment, asking the orchestrator on behalf of the viewer. */
@Component
public class DeploymentPanels {
    private final OrchestratorApi orchestrator;
    private final DeploymentCards cards;
    private final DeploymentsProperties properties;
    private final Questions questions;
    private final String address;

    DeploymentPanels(
            OrchestratorApi orchestrator,
            DeploymentCards cards,
            DeploymentsProperties properties,
            Questions questions,
            @Value("${flotilla.services.orchestrator-service}") String address) {
        this.orchestrator = orchestrator;
        this.cards = cards;
        this.properties = properties;
        this.questions = questions;
        this.address = address;
    }

    /** The panel of the deployment of that id, from what the page looks at. */
    public Asked<DeploymentPanel> panel(String id, Scope scope) {
        return questions
                .ask("orchestrator-service", "The deployment " + id, () -> orchestrator.deployment(id))
                .map(progress -> panel(progress, scope));
    }

    private DeploymentPanel panel(DeploymentProgress progress, Scope scope) {
        List<String> troubles = new ArrayList<>();
        List<MachineList> attention = new ArrayList<>();
        for (MachinePhase phase : List.of(MachinePhase.FAILED, MachinePhase.EXCUSED, MachinePhase.WAITING)) {
            if (Phases.of(progress.counts(), phase) > 0) {
                Asked<Page<MachineProgress>> machines = questions.ask(
                        "orchestrator-service",
                        "The machines of " + progress.id(),
                        () -> orchestrator.machines(progress.id(), phase, properties.listed(), null));
                switch (machines) {
                    case Asked.Answer<Page<MachineProgress>>(Page<MachineProgress> page) -> {
                        if (!page.items().isEmpty()) {
                            attention.add(list(progress, phase, page, scope));
                        }
                    }
                    case Asked.Missing<Page<MachineProgress>>() -> {}
                    case Asked.Failed<Page<MachineProgress>>(String reason) -> troubles.add(reason);
                }
            }
        }
        return new DeploymentPanel(
                cards.card(progress, scope),
                "/deployments/" + progress.id() + "/facts" + scope.query(),
                "/deployments/" + progress.id() + "/plan",
                "/" + scope.query(),
                facts(progress),
                progress.state() == DeploymentState.HALTED && !progress.rolledBack() ? resume(progress) : null,
                rollouts(progress, troubles),
                attention,
                troubles);
    }

    private List<RolloutLine> rollouts(DeploymentProgress progress, List<String> troubles) {
        Set<String> explained = progress.rollouts().stream()
                .filter(DeploymentPanels::open)
                .limit(properties.explained())
                .map(RolloutProgress::id)
                .collect(Collectors.toSet());
        return progress.rollouts().stream()
                .map(rollout -> line(rollout, explained.contains(rollout.id()) ? why(rollout, troubles) : null))
                .toList();
    }

    private static RolloutLine line(RolloutProgress rollout, @Nullable RolloutExplanation why) {
        return new RolloutLine(
                rollout.environment() + " " + rollout.machineFunction(),
                rollout.state().words(rollout.reason()),
                Phases.done(rollout.counts()),
                rollout.reason() == null ? null : Times.readable(rollout.reason()),
                Phases.shares(rollout.counts()),
                why == null ? null : Why.of(why),
                why == null ? List.of() : why.waits().stream().map(Why::of).toList());
    }

    private static boolean open(RolloutProgress rollout) {
        return switch (rollout.state()) {
            case ROLLING_OUT, HALTED -> true;
            case COMPLETE, SUPERSEDED, ABORTED -> false;
        };
    }

    private @Nullable RolloutExplanation why(RolloutProgress rollout, List<String> troubles) {
        Asked<RolloutExplanation> asked = questions.ask(
                "orchestrator-service",
                "Why " + rollout.id() + " is where it is",
                () -> orchestrator.explanation(rollout.id()));
        String failure = asked.failure();
        if (failure != null) {
            troubles.add(failure);
        }
        return asked.orNull();
    }

    private static List<Fact> facts(DeploymentProgress progress) {
        List<Fact> facts = new ArrayList<>();
        Phases.counts(progress.counts())
                .forEach(count -> facts.add(new Fact(count.name(), String.valueOf(count.machines()))));
        facts.add(new Fact("declared", Times.at(progress.declaredAt())));
        facts.add(new Fact("started", Times.at(progress.startedAt())));
        if (progress.completedAt() != null) {
            facts.add(new Fact("complete", Times.at(progress.completedAt())));
        }
        List<String> ways = progress.rolledBackBy();
        if (progress.rolledBack()) {
            facts.add(new Fact(
                    "rolled back by",
                    ways == null
                            ? "a deployment that is being declared"
                            : ways.isEmpty() ? "nothing: there is nothing to go back to" : String.join(", ", ways)));
        }
        if (progress.leftBehind() != null) {
            facts.add(new Fact("left behind", progress.leftBehind()));
        }
        return facts;
    }

    private MachineList list(DeploymentProgress progress, MachinePhase phase, Page<MachineProgress> page, Scope scope) {
        String word = Phases.word(phase);
        return new MachineList(
                Character.toUpperCase(word.charAt(0)) + word.substring(1) + " machines",
                MachineGroups.of(
                        page.items(), scope.withService(progress.service()).query()),
                page.nextCursor() != null,
                "GET " + address + "/v1/deployments/" + progress.id() + "/machines?phase=" + phase);
    }

    private static String resume(DeploymentProgress progress) {
        return "./flotilla resume " + progress.id() + " --reason 'why it may go on'";
    }
}

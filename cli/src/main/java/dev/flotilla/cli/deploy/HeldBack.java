package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.cli.terminal.Moments;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds the machines of a deployment on their way back, for the one who has just rolled it back. */
final class HeldBack {
    /** Declaring the way back takes a moment; each of its rollouts takes the orchestrator a look at all machines. */
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(6));

    private static final int ROLLOUTS = 5;

    private HeldBack() {}

    /** The deployment once what brings its machines back is declared; as it is where that takes too long. */
    static DeploymentProgress declared(OrchestratorApi orchestrator, DeploymentProgress back)
            throws InterruptedException {
        return PATIENCE.await(() -> Optional.of(orchestrator.deployment(back.id()))
                        .filter(progress -> progress.rolledBackBy() != null))
                .orElse(back);
    }

    /** A sentence for each reason; none where nobody says so in time. */
    static List<String> of(OrchestratorApi orchestrator, DeploymentProgress back, Moments moments)
            throws InterruptedException {
        List<String> ways = Objects.requireNonNullElse(back.rolledBackBy(), List.of());
        return PATIENCE.await(() -> Optional.of(ways.stream()
                        .flatMap(way -> held(orchestrator, way, moments))
                        .toList()))
                .orElse(List.of());
    }

    private static Stream<String> held(OrchestratorApi orchestrator, String way, Moments moments) {
        return orchestrator.plan(way, ROLLOUTS, 0, null).rollouts().stream()
                .flatMap(rollout -> sentences(rollout, moments));
    }

    static Stream<String> sentences(RolloutPlan back, Moments moments) {
        Stream<Wait> waits =
                Stream.concat(back.waves().stream().flatMap(wave -> wave.waits().stream()), back.passedBy().stream());
        return waits.map(wait -> "Held in " + PlanView.group(back) + " on the way back: "
                        + Explanation.then(wait, moments) + ".")
                .distinct();
    }
}

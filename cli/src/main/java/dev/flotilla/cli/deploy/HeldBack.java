package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What holds the machines of a deployment on their way back, for the one who has just rolled it back. */
final class HeldBack {
    /** Declaring the way back takes a moment; each of its rollouts takes the orchestrator a look at all machines. */
    private static final int TRIES = 12;

    private static final Duration PACE = Duration.ofMillis(500);
    private static final int ROLLOUTS = 5;

    private HeldBack() {}

    /** A sentence for each reason; none where nothing is in the way, or nobody says so in time. */
    static List<String> of(OrchestratorApi orchestrator, String deployment, Moments moments)
            throws InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            Thread.sleep(PACE);
            try {
                List<String> ways = orchestrator.deployment(deployment).rolledBackBy();
                if (ways != null) {
                    return ways.stream()
                            .flatMap(way -> orchestrator.plan(way, ROLLOUTS, 0, null).rollouts().stream())
                            .flatMap(rollout -> sentences(rollout, moments))
                            .toList();
                }
            } catch (RemoteProblem | RemoteUnavailable e) {
                // not taken up yet
            }
        }
        return List.of();
    }

    static Stream<String> sentences(RolloutPlan back, Moments moments) {
        Stream<Wait> waits =
                Stream.concat(back.waves().stream().flatMap(wave -> wave.waits().stream()), back.passedBy().stream());
        return waits.map(wait -> "Held in " + PlanView.group(back) + " on the way back: "
                        + Explanation.then(wait, moments) + ".")
                .distinct();
    }
}

package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Moments;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What will hold machines of a halted deployment even when it is resumed, for the one who resumes it. */
final class Held {
    /** Each takes the orchestrator a look at all its machines. */
    private static final int ROLLOUTS = 5;

    private Held() {}

    /** A text for each reason; none where nothing else is in the way, or it is not halted. */
    static List<String> of(OrchestratorApi orchestrator, String deployment, @Nullable String group, Instant now) {
        Moments moments = new Moments(now);
        return orchestrator.deployment(deployment).rollouts().stream()
                .filter(rollout -> rollout.state() == DeploymentState.HALTED)
                .map(RolloutProgress::id)
                .filter(id -> group == null || Explanation.place(id).equals(group))
                .limit(ROLLOUTS)
                .map(orchestrator::explanation)
                .flatMap(rollout -> rollout.then().stream()
                        .map(wait -> Entry.wrapped(
                                Explanation.place(rollout.rollout()) + ": " + Explanation.then(wait, moments) + ".")))
                .toList();
    }
}

package dev.flotilla.orchestrator.rollout;

import dev.flotilla.api.target.RolloutOptions.OnFailure;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What follows where a rollout halts by itself. */
@Component
class SelfHalts {
    private final DeploymentStates deployments;
    private final History history;
    private final Rollbacks rollbacks;

    SelfHalts(DeploymentStates deployments, History history, Rollbacks rollbacks) {
        this.deployments = deployments;
        this.history = history;
        this.rollbacks = rollbacks;
    }

    /** All of its deployment halts, in the caller's transaction, and is rolled back where it is declared so. */
    void halt(Rollout rollout, String reason, Instant now) {
        deployments.halt(rollout, reason);
        history.add(rollout.deployment(), rollout.id(), History.ITSELF, History.HALT, reason, now);
        if (rollout.options().onFailure() == OnFailure.ROLL_BACK) {
            rollbacks.askByItself(rollout.deployment(), reason, now);
        }
    }
}

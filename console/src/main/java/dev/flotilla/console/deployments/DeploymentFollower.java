package dev.flotilla.console.deployments;

import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.console.watch.Follower;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks the orchestrator for the progress of the latest deployments. */
@Component
class DeploymentFollower implements Follower {
    private final OrchestratorApi orchestrator;
    private final KnownDeployments known;
    private final DeploymentsProperties properties;

    DeploymentFollower(OrchestratorApi orchestrator, KnownDeployments known, DeploymentsProperties properties) {
        this.orchestrator = orchestrator;
        this.known = known;
        this.properties = properties;
    }

    @Override
    public String service() {
        return "orchestrator-service";
    }

    @Override
    public String consequence() {
        return "The progress of deployments is from before that.";
    }

    @Override
    public Duration follow() {
        known.replace(orchestrator.deployments(properties.latest(), null).items());
        return properties.poll();
    }
}

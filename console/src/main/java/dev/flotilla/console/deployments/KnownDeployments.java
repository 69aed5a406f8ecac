package dev.flotilla.console.deployments;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.console.watch.ChangeSignal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The latest deployments as the console knows them, newest first. */
@Component
public class KnownDeployments {
    private final ChangeSignal signal;
    private volatile List<DeploymentProgress> latest = List.of();

    KnownDeployments(ChangeSignal signal) {
        this.signal = signal;
    }

    public List<DeploymentProgress> latest() {
        return latest;
    }

    /** Those of a service that still count, newest first. */
    public List<DeploymentProgress> standing(String service) {
        return latest.stream()
                .filter(deployment -> deployment.service().equals(service))
                .filter(deployment -> deployment.state() != DeploymentState.SUPERSEDED)
                .toList();
    }

    /** The service that was deployed last; null where none was. */
    public @Nullable String latestService() {
        List<DeploymentProgress> now = latest;
        return now.isEmpty() ? null : now.getFirst().service();
    }

    void replace(List<DeploymentProgress> newer) {
        if (!newer.equals(latest)) {
            latest = List.copyOf(newer);
            signal.raise();
        }
    }
}

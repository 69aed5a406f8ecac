package dev.flotilla.orchestrator.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Looks on until what a test expects has come about; half a minute at most. */
public record Witness(Fleet fleet, OrchestratorApi api) {

    public DeploymentProgress awaitState(Deployment deployment, DeploymentState state) {
        return awaitProgress(deployment, progress -> progress.state() == state);
    }

    public void awaitTakenUp(Deployment deployment) {
        awaitProgress(deployment, progress -> true);
    }

    public DeploymentProgress awaitProgress(Deployment deployment, Predicate<DeploymentProgress> condition) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(RemoteProblem.class)
                .until(() -> api.deployment(deployment.id()), condition);
    }

    public void awaitPhase(Deployment deployment, String function, String machine, MachinePhase phase) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(RemoteProblem.class)
                .until(() -> explain(deployment, function, machine).phase() == phase);
    }

    public void awaitRunning(String service, String version, List<String> machines) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (String machine : machines) {
                var running = fleet.registry.running(machine, service);
                assertThat(running).isNotNull();
                assertThat(requireNonNull(running).version()).isEqualTo(version);
                assertThat(running.sha256()).isEqualTo(FakeTargets.sha256(version));
            }
        });
    }

    public MachineProgress explain(Deployment deployment, String function, String machine) {
        return api.explanation(deployment.id() + "~prod~" + function, machine);
    }

    public long carriedOut(String version, String... service) {
        return fleet.agents.carriedOut.stream()
                .filter(order -> order.version().equals(version))
                .filter(order -> service.length == 0 || order.service().equals(service[0]))
                .count();
    }
}

package dev.flotilla.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.security.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class TwoInstancesTest {
    @Test
    void twoInstancesShareTheWorkAndOneGoesOnAlone() {
        try (Fleet fleet = new Fleet()) {
            fleet.agents.stayUp = Duration.ofSeconds(1);
            List<String> machines = new ArrayList<>();
            for (String group : List.of("a", "b", "c", "d")) {
                machines.addAll(fleet.machines(group, 25));
            }
            ConfigurableApplicationContext one = fleet.start();
            ConfigurableApplicationContext two = fleet.start();

            Deployment first = fleet.targets.declare("hello", "1.0", RolloutOptions.DEFAULTS, machines);
            awaitState(fleet.client(two, Role.VIEWER), first.id(), DeploymentState.COMPLETE);
            assertThat(fleet.agents.carriedOut).hasSize(100);
            assertThat(fleet.agents.mostAtOnce)
                    .allSatisfy((group, most) -> assertThat(most).isLessThanOrEqualTo(5));

            Deployment second = fleet.targets.declare("hello", "2.0", RolloutOptions.DEFAULTS, machines);
            await().until(() -> fleet.agents.carriedOut.size() > 130);
            one.close();
            awaitState(fleet.client(two, Role.VIEWER), second.id(), DeploymentState.COMPLETE);
            assertThat(fleet.agents.carriedOut)
                    .extracting(Order::id)
                    .doesNotHaveDuplicates()
                    .hasSize(200);
            assertThat(fleet.client(two, Role.VIEWER).deployment(first.id()).state())
                    .isEqualTo(DeploymentState.SUPERSEDED);
            assertThat(fleet.agents.mostAtOnce)
                    .allSatisfy((group, most) -> assertThat(most).isLessThanOrEqualTo(5));
        }
    }

    @Test
    void rowsThatAPausedInstanceHasLockedHoldTheOtherUpNoLongerThanItsLease() throws SQLException {
        try (Fleet fleet = new Fleet()) {
            fleet.agents.stayUp = Duration.ofSeconds(1);
            List<String> machines = fleet.machines("a", 25);
            ConfigurableApplicationContext paused = fleet.start();
            ConfigurableApplicationContext other = fleet.start();
            Deployment deployment = fleet.targets.declare("hello", "1.0", RolloutOptions.DEFAULTS, machines);
            await().until(() -> fleet.agents.carriedOut.size() > 5);
            Connection transaction = paused.getBean(DataSource.class).getConnection();
            transaction.setAutoCommit(false);
            transaction.createStatement().execute("select * from rollout for update");
            awaitState(fleet.client(other, Role.VIEWER), deployment.id(), DeploymentState.COMPLETE);
            assertThatThrownBy(transaction::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void whoBeginsWithoutTheRegistryForgetsNoProgress() {
        try (Fleet fleet = new Fleet()) {
            List<String> machines = fleet.machines("a", 5);
            ConfigurableApplicationContext before = fleet.start();
            Deployment deployment = fleet.targets.declare("hello", "1.0", RolloutOptions.DEFAULTS, machines);
            awaitState(fleet.client(before, Role.VIEWER), deployment.id(), DeploymentState.COMPLETE);
            before.close();

            fleet.registry.down = true;
            OrchestratorApi after = fleet.client(fleet.start(), Role.VIEWER);
            String rollout = deployment.id() + "~prod~a";
            await().untilAsserted(() ->
                    assertThat(after.explanation(rollout, "a1").rule()).isEqualTo("registry"));
            await().during(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(
                                    after.deployment(deployment.id()).counts().running())
                            .isEqualTo(5));
            fleet.registry.down = false;
            await().untilAsserted(() ->
                    assertThat(after.explanation(rollout, "a1").rule()).isEqualTo("running"));
        }
    }

    private static void awaitState(OrchestratorApi api, String deployment, DeploymentState state) {
        await().atMost(Duration.ofSeconds(40))
                .ignoreExceptionsInstanceOf(RemoteProblem.class)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(api.deployment(deployment).state()).isEqualTo(state));
    }
}

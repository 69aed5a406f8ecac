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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

class TwoInstancesTest {
    private static final Logger log = LoggerFactory.getLogger(TwoInstancesTest.class);

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

            long start = System.nanoTime();
            Deployment first = fleet.targets.declare("hello", "1.0", RolloutOptions.DEFAULTS, machines);
            awaitState(fleet.client(two, Role.VIEWER), first.id(), DeploymentState.COMPLETE);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            log.info("100 machines took {}", took);
            assertThat(took).isLessThan(Duration.ofSeconds(30));
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

    private static void awaitState(OrchestratorApi api, String deployment, DeploymentState state) {
        await().atMost(Duration.ofSeconds(40))
                .ignoreExceptionsInstanceOf(RemoteProblem.class)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(api.deployment(deployment).state()).isEqualTo(state));
    }
}

package dev.flotilla.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.SharedFleet;
import dev.flotilla.orchestrator.testing.Witness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A rollout that is stopped while it asks device-manager: what it was told for it then keeps nobody else waiting. */
class StoppedWhileAskingTest {
    private static final RolloutOptions ALL_AT_ONCE = new RolloutOptions("100%", "0", 1);

    @RegisterExtension
    private static final SharedFleet SHARED = new SharedFleet();

    private static Fleet fleet() {
        return SHARED.fleet();
    }

    private static Witness witness() {
        return SHARED.witness();
    }

    @Test
    void withdrawsWhatItWasRefused() {
        fleet().machines("refused", 5);
        fleet().repairs
                .claim(new ClaimRequest(
                        "somebody",
                        RepairKind.DEPLOY,
                        false,
                        "another",
                        "works elsewhere",
                        Duration.ofMinutes(1),
                        null,
                        List.of("refused1")));
        pauseWhileItAsks("refused-service");
        Deployment deployment = fleet().targets.declare("refused-service", "1.0", ALL_AT_ONCE, List.of("refused5"));
        String rollout = deployment.id() + "~prod~refused";
        witness().awaitState(deployment, DeploymentState.HALTED);
        await().untilAsserted(() -> assertThat(fleet().repairs.withdrawn).contains(rollout));

        SHARED.owner("refused-service").command(deployment.id(), new CommandRequest(Command.RESUME, "back"));
        await().untilAsserted(() -> assertThat(
                        witness().explain(deployment, "refused", "refused5").rule())
                .isEqualTo("fault-domain"));
        fleet().repairs.withdrawn.clear();
        fleet().repairs.beforeAnswer.put("refused-service", () -> {
            pause(deployment.id(), "refused-service");
            anotherInstanceLooksAndWithdraws(rollout);
        });
        await().untilAsserted(() -> assertThat(fleet().repairs.withdrawn).contains(rollout));
    }

    private static void anotherInstanceLooksAndWithdraws(String rollout) {
        SHARED.instance()
                .getBean(JdbcClient.class)
                .sql("update rollout set refusals = '{}', epoch = nextval('epoch') where id = :id")
                .param("id", rollout)
                .update();
    }

    @Test
    void givesBackWhatItWasGrantedWheneverItCanFindOutWhatThatIs() {
        fleet().machines("granted", 2);
        pauseWhileItAsks("granted-service");
        fleet().repairs.unreadable.add("granted");
        Deployment deployment = fleet().targets.declare("granted-service", "1.0", ALL_AT_ONCE, List.of("granted1"));
        witness().awaitState(deployment, DeploymentState.HALTED);
        await().during(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(fleet().repairs.claimed()).contains("granted1"));
        fleet().repairs.unreadable.clear();
        await().untilAsserted(() -> assertThat(fleet().repairs.claimed()).doesNotContain("granted1"));
        assertThat(witness().carriedOut("1.0", "granted-service")).isZero();
    }

    private static void pauseWhileItAsks(String service) {
        fleet().repairs.beforeAnswer.put(service, () -> {
            DeploymentProgress asking = SHARED.viewer().deployments(20, null).items().stream()
                    .filter(deployment -> deployment.service().equals(service))
                    .findFirst()
                    .orElseThrow();
            pause(asking.id(), service);
        });
    }

    private static void pause(String deployment, String service) {
        SHARED.owner(service).command(deployment, new CommandRequest(Command.PAUSE, "lunch"));
    }
}

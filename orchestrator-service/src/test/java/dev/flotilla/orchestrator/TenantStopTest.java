package dev.flotilla.orchestrator;

import static dev.flotilla.orchestrator.testing.Statuses.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.SharedFleet;
import dev.flotilla.orchestrator.testing.Witness;
import dev.flotilla.platform.client.RemoteProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tenant's alarm, and the way out of it. */
class TenantStopTest {
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
    void stopsWhereATenantIsAlarmedAndIsResumedOnlyAfterTheTenantHas() {
        List<String> machines = fleet().machines("alarm", 2);
        machines.forEach(machine -> fleet().give(machine, "acme"));
        fleet().tenants.answers.put("fd2 IMPACT_END", State.STOP);
        Deployment deployment = fleet().targets.declare("alarm-service", "1.0", ALL_AT_ONCE, machines);
        DeploymentProgress halted = witness().awaitState(deployment, DeploymentState.HALTED);
        assertThat(halted.reason()).isEqualTo("paused by tenant acme: it says STOP");
        assertThat(witness().carriedOut("1.0", "alarm-service")).isEqualTo(1);

        OrchestratorApi owner = SHARED.owner("alarm-service");
        String rollout = deployment.id() + "~prod~alarm";
        CommandRequest resume = new CommandRequest(Command.RESUME, "on with it");
        assertThatThrownBy(() -> owner.command(deployment.id(), resume))
                .isInstanceOfSatisfying(RemoteProblem.class, refused -> {
                    assertThat(refused.status()).isEqualTo(409);
                    assertThat(refused.problem().detail())
                            .startsWith("Tenant acme has stopped " + deployment.id() + " in prod/alarm (it says STOP)")
                            .containsSubsequence(
                                    "First", "'./flotilla maintenance acme resume " + rollout + "'", "then 'resume'");
                });
        assertStatus(409, () -> owner.commandRollout(rollout, resume));
        assertThat(owner.deployment(deployment.id()).state()).isEqualTo(DeploymentState.HALTED);

        fleet().tenants.answers.clear();
        owner.command(deployment.id(), resume);
        witness().awaitState(deployment, DeploymentState.COMPLETE);
    }
}

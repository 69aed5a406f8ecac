package dev.flotilla.orchestrator;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.Witness;
import dev.flotilla.platform.security.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** An agent that means harm, or is broken in an odd way, holds nothing up but its own machine. */
class EndlessAnswerTest {
    @Test
    void goesOnWhereAnAgentBeginsAnAnswerAndNeverEndsIt() {
        try (Fleet fleet = new Fleet()) {
            ConfigurableApplicationContext instance = fleet.start(
                    "--flotilla.orchestrator.pace.grace=PT0S", "--flotilla.orchestrator.orders.answer-timeout=PT0.5S");
            List<String> machines = fleet.neighbours("endless", 3);
            fleet.agents.endless.add("endless1");
            Deployment deployment =
                    fleet.targets.declare("endless-service", "1.0", new RolloutOptions("100%", "0", 1), machines);

            new Witness(fleet, fleet.client(instance, Role.VIEWER)).awaitState(deployment, DeploymentState.COMPLETE);
        }
    }
}

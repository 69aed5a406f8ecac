package dev.flotilla.console.deployments;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.fleet.VersionSlots;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The deployments that a page shows: first those that go on or are halted, then some that ended; newest first. */
@Component
public class DeploymentCards {
    private final KnownDeployments known;
    private final VersionSlots slots;
    private final DeploymentsProperties properties;

    DeploymentCards(KnownDeployments known, VersionSlots slots, DeploymentsProperties properties) {
        this.known = known;
        this.slots = slots;
        this.properties = properties;
    }

    public List<DeploymentCard> cards(Scope scope) {
        List<DeploymentProgress> latest = known.latest();
        return Stream.concat(
                        latest.stream().filter(DeploymentCards::goesOn),
                        latest.stream().filter(progress -> !goesOn(progress)).limit(properties.ended()))
                .map(progress -> card(progress, scope))
                .toList();
    }

    DeploymentCard card(DeploymentProgress progress, Scope scope) {
        return DeploymentCard.of(progress, slots.of(progress.service(), progress.version()), scope);
    }

    private static boolean goesOn(DeploymentProgress progress) {
        return progress.state() == DeploymentState.ROLLING_OUT || progress.state() == DeploymentState.HALTED;
    }
}

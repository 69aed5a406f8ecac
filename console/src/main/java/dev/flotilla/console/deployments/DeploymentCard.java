package dev.flotilla.console.deployments;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.console.fleet.FleetView.Share;
import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.fleet.Slot;
import dev.flotilla.console.watch.Times;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment at a glance.
 *
 * @param slot the look of its version in the grid
 * @param css the class of its state
 * @param reason why it is halted; null otherwise
 * @param when when it was declared, and how long it took where it is complete
 */
public record DeploymentCard(
        String id,
        String href,
        String service,
        String version,
        Slot slot,
        String state,
        String css,
        String done,
        @Nullable String reason,
        List<Share> shares,
        List<PhaseCount> counts,
        String when) {

    static DeploymentCard of(DeploymentProgress progress, Slot slot, Scope scope) {
        return new DeploymentCard(
                progress.id(),
                "/deployments/" + progress.id() + scope.query(),
                progress.service(),
                progress.version(),
                slot,
                progress.state().words(progress.reason()),
                Phases.css(progress.state()),
                Phases.done(progress.counts()),
                progress.reason() == null ? null : Times.readable(progress.reason()),
                Phases.shares(progress.counts()),
                Phases.counts(progress.counts()),
                when(progress));
    }

    private static String when(DeploymentProgress progress) {
        String declared = "declared " + Times.at(progress.declaredAt());
        return progress.completedAt() == null || progress.state() == DeploymentState.ROLLING_OUT
                ? declared
                : declared + ", took " + Times.took(Duration.between(progress.declaredAt(), progress.completedAt()));
    }
}

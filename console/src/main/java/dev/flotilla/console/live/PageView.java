package dev.flotilla.console.live;

import dev.flotilla.console.deployments.DeploymentCard;
import dev.flotilla.console.fleet.FleetView;
import java.util.List;

/**
 * All that a page shows besides its panel. A value: two that are equal look the same.
 *
 * @param troubles the services that do not answer
 */
public record PageView(FleetView fleet, List<DeploymentCard> deployments, List<TroubleLine> troubles) {

    /** A service that does not answer. */
    public record TroubleLine(String service, String since, String reason, String consequence) {}
}

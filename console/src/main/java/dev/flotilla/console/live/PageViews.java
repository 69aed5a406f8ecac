package dev.flotilla.console.live;

import dev.flotilla.console.deployments.DeploymentCards;
import dev.flotilla.console.deployments.KnownDeployments;
import dev.flotilla.console.fleet.FleetView;
import dev.flotilla.console.fleet.FleetViews;
import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.live.PageView.TroubleLine;
import dev.flotilla.console.watch.Reachability;
import dev.flotilla.console.watch.Times;
import org.springframework.stereotype.Component;

/** Makes what a page shows from what the console knows; asks no service, so it is there whatever is down. */
@Component
public class PageViews {
    private final FleetViews fleet;
    private final DeploymentCards cards;
    private final KnownDeployments deployments;
    private final Reachability reachability;

    PageViews(FleetViews fleet, DeploymentCards cards, KnownDeployments deployments, Reachability reachability) {
        this.fleet = fleet;
        this.cards = cards;
        this.deployments = deployments;
        this.reachability = reachability;
    }

    /** What a page that looks at this shows now. */
    public PageView view(Scope scope) {
        FleetView seen = fleet.view(scope, deployments.latestService());
        return new PageView(
                seen,
                cards.cards(scope.withService(seen.service())),
                reachability.troubles().stream()
                        .map(trouble -> new TroubleLine(
                                trouble.service(), Times.at(trouble.since()), trouble.reason(), trouble.consequence()))
                        .toList());
    }
}

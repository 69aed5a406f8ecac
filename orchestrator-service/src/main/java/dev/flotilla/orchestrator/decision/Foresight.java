package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.util.List;

/**
 * What a plan takes for granted.
 *
 * @param change how long a machine takes from its order until it runs the version
 * @param places how many machines of the group the rollout may have at once, by the group's own limit
 * @param askings how long tenants take to answer
 * @param outlook what policies will say
 * @param disruptions what others do in the group, taken to end with their leases
 */
public record Foresight(Duration change, int places, Askings askings, Outlook outlook, List<Disruption> disruptions) {
    /** The group sets no limit, or none that is known. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    public Foresight {
        disruptions = List.copyOf(disruptions);
    }

    /** Nobody else works there. */
    public Foresight(Duration change, int places, Askings askings, Outlook outlook) {
        this(change, places, askings, outlook, List.of());
    }

    /** No tenant is asked, and no policy changes but by its end. */
    public Foresight(Duration change, int places) {
        this(change, places, Askings.NONE, Outlook.NONE);
    }
}

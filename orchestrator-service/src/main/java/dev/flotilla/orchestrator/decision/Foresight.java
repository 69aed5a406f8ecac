package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan takes for granted.
 *
 * @param change how long a machine takes from its order until it runs the version
 * @param places how many machines that do their work the rollout may have at once, by the group's own limit; less than none where so many that are
 *     down must be mended before
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

    /** How many it may have at once when so many that were down are mended; less than none as above. */
    int places(int mended) {
        return (int) Math.min((long) places + mended, NO_LIMIT);
    }

    /**
     * The work of others that must be over before work in a fault domain begins.
     *
     * @param domain null where fault domains don't matter
     * @param unending true to name that too whose end nobody knows
     */
    List<Disruption> disrupting(@Nullable String domain, Instant at, boolean unending) {
        return disruptions.stream()
                .filter(other -> domain != null && !other.faultDomain().equals(domain))
                .filter(other ->
                        other.until() == null ? unending : other.until().isAfter(at))
                .toList();
    }
}

package dev.flotilla.console.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as a page shows it. Views are values: two that are equal look the same, which is how the console knows what to push.
 *
 * @param service the service whose versions are shown; null while no machine runs any
 * @param services the services to choose from, by name
 * @param crumbs the way from the whole fleet to what is shown; empty for the whole fleet
 * @param notice what a person should know about this view as a whole; null for nothing
 * @param query the scope as the query of an address
 */
public record FleetView(
        @Nullable String service,
        List<ServiceLink> services,
        List<Crumb> crumbs,
        int machines,
        Legend legend,
        List<Group> groups,
        @Nullable String notice,
        String query) {

    /** A service to choose. */
    public record ServiceLink(String name, boolean current, String href) {}

    /** A step back towards the whole fleet. */
    public record Crumb(String name, String href) {}

    /** What the colours and marks mean, and how many machines have each. */
    public record Legend(List<Entry> versions, List<Entry> marks) {}

    /**
     * @param sample the letter or symbol that stands in the cells
     * @param css the classes of the cells
     */
    public record Entry(String css, String sample, String name, int machines) {}

    /**
     * The machines of one environment and machine function.
     *
     * @param id what its element is called
     * @param href where it is shown alone
     */
    public record Group(
            String id,
            String environment,
            String machineFunction,
            String region,
            int machines,
            String href,
            List<FaultDomain> faultDomains) {}

    /**
     * The machines of one fault domain: as cells, or where there are too many for that, as shares.
     *
     * @param cells empty where it is shown as shares
     * @param shares empty where it is shown as cells
     * @param summary what the shares say, in words
     */
    public record FaultDomain(
            String id, String name, int machines, String href, List<Cell> cells, List<Share> shares, String summary) {}

    /**
     * One machine.
     *
     * @param text its version's letter and its mark's symbol
     * @param label the same in words
     */
    public record Cell(String machine, String href, String css, String text, String label) {}

    /**
     * A part of a bar.
     *
     * @param x where it begins, in thousandths of the bar
     * @param width in thousandths of the bar
     */
    public record Share(String css, int x, int width, String label) {}
}

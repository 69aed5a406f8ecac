package dev.flotilla.console.machine;

import dev.flotilla.console.fleet.Slot;
import dev.flotilla.console.watch.Fact;
import dev.flotilla.console.why.Why;
import java.util.List;

/**
 * One machine in full.
 *
 * @param facts its place, its address, when it was last heard of
 * @param optOuts the opt-outs that hold it as it is, in words
 * @param troubles what could not be asked
 * @param logs where the last lines of each service are read
 */
public record MachinePanel(
        String name,
        String factsHref,
        String closeHref,
        boolean lost,
        List<Fact> facts,
        List<String> optOuts,
        List<String> troubles,
        List<ServiceState> services,
        List<LogLink> logs) {

    /**
     * A service there.
     *
     * @param title the service and the version that runs
     * @param whys where it stands in the current deployment, and why; empty where no deployment is known
     */
    public record ServiceState(
            String name, String title, Slot slot, String state, String stateCss, List<Fact> facts, List<Why> whys) {}

    /** Where the last lines of a service are read. */
    public record LogLink(String service, String href) {}
}

package dev.flotilla.cli.supervisor;

import dev.flotilla.standalone.Part;
import java.net.URI;

/**
 * How a local cluster was asked to be.
 *
 * @param machines how many machines the agent carries: m1 and so on
 * @param portOffset added to the usual port of every part
 * @param separate whether each service is a process of its own
 */
public record ClusterOptions(int machines, int portOffset, boolean separate) {
    public static final int MOST_MACHINES = 1000;

    public ClusterOptions {
        if (machines < 1 || machines > MOST_MACHINES) {
            throw new IllegalArgumentException(
                    "one agent carries 1 to " + MOST_MACHINES + " machines, not " + machines);
        }
        if (portOffset < 0 || portOffset > 50_000) {
            throw new IllegalArgumentException("the ports can be moved by 0 to 50000, not by " + portOffset);
        }
    }

    public int port(Part part) {
        return part.defaultPort() + portOffset;
    }

    public URI address(Part part) {
        return URI.create("http://127.0.0.1:" + port(part));
    }

    /** The machines, as an expression. */
    public String machineNames() {
        return machines == 1 ? "m1" : "m1..m" + machines;
    }
}
